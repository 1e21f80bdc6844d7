// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** A finite group of records of one key. Implementations are immutable values with equals and hashCode. */
@Stable
public interface Window {
    /** The last timestamp that belongs to the window: it fires when the watermark reaches it. */
    long maxTimestamp();
}

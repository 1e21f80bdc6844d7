// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/** A unit of input, with the position from which to read on. Immutable. */
@Stable
public interface SourceSplit {
    /** Unique in the source and the same for the life of the split. */
    String splitId();
}

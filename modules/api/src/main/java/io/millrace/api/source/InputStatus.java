// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/** What a reader says after a poll. */
@Stable
public enum InputStatus {
    /** There is more right now. */
    MORE_AVAILABLE,
    /** Nothing now; wait for {@link SourceReader#isAvailable()}. */
    NOTHING_AVAILABLE,
    /** Nothing, for ever. */
    END_OF_INPUT
}

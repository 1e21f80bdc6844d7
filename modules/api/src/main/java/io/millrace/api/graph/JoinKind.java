// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;

/** What becomes of records that have no partner. */
@Internal
public enum JoinKind {
    /** Nothing. */
    INNER,
    /** Those of the left stream are results, without a partner. */
    LEFT,
    /** Those of the right stream are. */
    RIGHT,
    /** Those of both streams are. */
    FULL;

    /** True when left records without a partner are results. */
    public boolean keepsLeft() {
        return this == LEFT || this == FULL;
    }

    /** True when right records without a partner are results. */
    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }
}

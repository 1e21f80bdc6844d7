// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

/**
 * What the definition that is run does otherwise than the one that is interpreted: the outcome is that of an engine with
 * such a bug, so the comparison must see it.
 */
public enum Slip {
    NONE,
    /** Windows end a millisecond later. */
    WINDOW_END,
    /** Windows begin and end a millisecond later. */
    WINDOW_START,
    /** Timers are set a millisecond later. */
    TIMER,
    /** Joins take partners that are a millisecond too far. */
    JOIN_BOUND,
    /** One of many records is not seen by a filter. */
    RECORD
}

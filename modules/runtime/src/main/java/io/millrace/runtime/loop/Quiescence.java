// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import io.millrace.runtime.protocol.ChannelElement.Probe;

/**
 * The rounds of one head. How they lead to the right end stands at {@link io.millrace.runtime.loop}. Pure.
 *
 * <pre>
 *              begin            returned, fewer than n + 1 quiet rounds
 *   BETWEEN ──────────▶ OPEN ───────────────────────────────────────────▶ BETWEEN
 *                         └────── returned, n + 1 quiet rounds ──────────▶ OVER
 * </pre>
 */
final class Quiescence {
    private enum State {
        BETWEEN,
        OPEN,
        OVER
    }

    private final int enough;
    private State state = State.BETWEEN;
    private long round;
    private int quiet;
    private boolean disturbed;

    /**
     * @param heads subtasks of the loop's head
     */
    Quiescence(int heads) {
        this.enough = heads + 1;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** A round begins, with nothing waiting at the head. */
    Probe begin() {
        if (state != State.BETWEEN) {
            throw new IllegalStateException("Round " + round + " is " + state + ", so no other can begin.");
        }
        state = State.OPEN;
        round++;
        disturbed = false;
        return new Probe(round, quiet);
    }

    /** The number of the last round that began. */
    long round() {
        return round;
    }

    /** A record came back. */
    void onRecords() {
        if (state == State.OVER) {
            throw new IllegalStateException("A record came back to the head of a loop that had ended, because nothing"
                    + " circulated: an operator of the loop emits for another reason than a record or a watermark.");
        }
        disturbed = true;
        if (state == State.BETWEEN) {
            quiet = 0;
        }
    }

    /** The probe has come back on all feedback channels. */
    void returned(Probe probe) {
        if (state != State.OPEN || probe.round() != round) {
            throw new IllegalStateException("The probe of round " + probe.round() + " came back in round " + round
                    + ", which is " + state + ".");
        }
        quiet = disturbed ? 0 : 1 + Math.min(quiet, probe.quiet());
        state = quiet >= enough ? State.OVER : State.BETWEEN;
    }
}

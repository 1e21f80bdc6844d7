// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

/** What the operators of a chain have asked for, each for itself: to take no records, and to go on. */
final class OperatorRequests {
    private final int[] pauses;
    private final boolean[] goOns;
    private int goingOn;

    OperatorRequests(int operators) {
        this.pauses = new int[operators];
        this.goOns = new boolean[operators];
    }

    void pause(int operator) {
        pauses[operator]++;
    }

    void resume(int operator) {
        pauses[operator]--;
    }

    boolean isPaused(int operator) {
        return pauses[operator] > 0;
    }

    void goOn(int operator) {
        if (!goOns[operator]) {
            goOns[operator] = true;
            goingOn++;
        }
    }

    boolean wantsToGoOn(int operator) {
        return goOns[operator];
    }

    /** The operator, which wants to go on, does so. */
    void goesOn(int operator) {
        goOns[operator] = false;
        goingOn--;
    }

    boolean anyGoOn() {
        return goingOn > 0;
    }
}

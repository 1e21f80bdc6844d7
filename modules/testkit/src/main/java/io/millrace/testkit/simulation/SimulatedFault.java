// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.io.IOException;

/** Failures that the simulation causes; all others are the engine's. */
final class SimulatedFault {
    private SimulatedFault() {}

    /** Thrown by user code. */
    static final class InUserCode extends RuntimeException {
        InUserCode(String message) {
            super(message, null, false, false);
        }
    }

    /** Thrown by storage and outside systems. */
    static final class InIo extends IOException {
        InIo(String message) {
            super(message);
        }
    }

    /** The node has died in the middle of the call. */
    static final class Crash extends Error {
        Crash() {
            super("the node has crashed", null, false, false);
        }
    }

    static boolean causedIt(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InUserCode || cause instanceof InIo || cause instanceof Crash) {
                return true;
            }
        }
        return false;
    }
}

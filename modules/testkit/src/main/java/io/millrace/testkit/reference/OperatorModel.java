// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

/** What a kind of operator means. */
@FunctionalInterface
interface OperatorModel {
    /**
     * Works out all that the operator emits.
     *
     * @throws UndecidedException where that depends on more than data
     * @throws Exception what user code throws
     */
    void run(ModelStep step) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.operators.CompilationRoot;
import io.millrace.operators.Rethrow;
import io.millrace.runtime.protocol.RecordBatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Drives the records of batches through a chain. The loop itself is specialised: it sees one head operator. */
public abstract class RecordLoop {
    private final MethodHandle root = CompilationRoot.of(
            MethodHandles.lookup(),
            RecordLoop.class,
            "run",
            MethodType.methodType(int.class, RecordBatch.class, int.class, int.class),
            this);

    /**
     * Handles the records from {@code from} up to, not including, {@code to}; stops early when the outputs are full or the input
     * is paused.
     *
     * @return the index of the first record that was not handled
     * @throws OperatorFailedException when user code failed; names operator and record
     */
    public final int drive(RecordBatch batch, int from, int to) throws Exception {
        try {
            return (int) root.invokeExact(batch, from, to);
        } catch (Throwable e) {
            throw Rethrow.unchecked(e);
        }
    }

    abstract int run(RecordBatch batch, int from, int to) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import io.millrace.api.function.RichFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.operators.Operator;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.RecordProcessor;
import io.millrace.operators.state.OperatorStates;
import io.millrace.state.KeyedStateBackend;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator that runs user functions: opens and closes them, and gives them a collector. */
abstract class FunctionOperator extends Operator {
    private final List<RichFunction> functions;
    private final Deque<RichFunction> opened = new ArrayDeque<>();
    private RecordCollector collector;
    private OperatorStates operatorStates;
    private FunctionContext functionContext;

    /**
     * @param functions in the order in which they are opened
     */
    FunctionOperator(List<RichFunction> functions) {
        this.functions = functions;
    }

    @Override
    public void open(OperatorContext operatorContext) throws Exception {
        super.open(operatorContext);
        collector = operatorContext
                .specialiser()
                .at("collector")
                .create(MethodHandles.lookup(), RecordCollector.class, OutputCollector.class, operatorContext);
        operatorStates = OperatorStates.open(operatorContext);
        openOperatorState();
        functionContext = new FunctionContext(operatorContext, keyedState(), operatorStates);
        for (RichFunction function : functions) {
            // Pushed first: a function whose open failed half way has something to close.
            opened.push(function);
            function.open(functionContext);
        }
        operatorStates.endOpening();
    }

    /** Declares the engine's own state that belongs to no key; the functions are opened after it. */
    void openOperatorState() {}

    /** The states that belong to no key; there from {@link #openOperatorState} on. */
    final OperatorStates operatorStates() {
        return operatorStates;
    }

    @Override
    public OperatorSnapshot snapshot(long checkpointId) throws Exception {
        return withStates(OperatorSnapshot.EMPTY);
    }

    /** Adds what functions and the engine keep to what the operator keeps otherwise. */
    final OperatorSnapshot withStates(OperatorSnapshot own) throws Exception {
        OperatorSnapshot unkeyed = operatorStates.addTo(own);
        KeyedStateBackend state = keyedState();
        // Last: it is open from now on, and who writes the snapshot closes it.
        return state != null && keepsKeyedState(state)
                ? new OperatorSnapshot(state.snapshot(), unkeyed.parts())
                : unkeyed;
    }

    /** True when there is keyed state: a function has asked for some, or a checkpoint held some that nobody asked for. */
    boolean keepsKeyedState(KeyedStateBackend state) {
        return functionContext.usesKeyedState() || !state.undeclaredStates().isEmpty();
    }

    /** The state of keys that functions may use; null where the operator's stream has no keys. */
    protected @Nullable KeyedStateBackend keyedState() {
        return context().hasKeyedState() ? context().keyedState() : null;
    }

    /** What functions see of the operator; there once it is open. */
    protected final RuntimeContext functionContext() {
        return functionContext;
    }

    protected final RecordCollector collector() {
        return collector;
    }

    protected final RecordProcessor specialised(
            MethodHandles.Lookup lookup, Class<? extends RecordProcessor> type, Object... arguments) {
        return context().specialiser().create(lookup, RecordProcessor.class, type, arguments);
    }

    protected final RecordCollector collectorAt(long timestamp) {
        collector.setTimestamp(timestamp);
        return collector;
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.api.stream.OutputTag;
import io.millrace.operators.Operator;
import io.millrace.operators.Output;
import io.millrace.runtime.channel.EdgeOutput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one operator of a chain emits to: the next operator, or the vertex's edges. One instance an operator and
 * subtask, so that its call sites stay apart.
 */
final class ChainLink implements Output {
    private static final EdgeOutput[] NO_EDGES = {};

    private final OperatorChain chain;
    private final int operator;
    private final @Nullable Operator next;
    private final String nextName;
    private final EdgeOutput[] edges;
    private final Map<OutputTag<?>, EdgeOutput[]> sideEdges = new HashMap<>();
    private long emitted;

    ChainLink(OperatorChain chain, int operator, @Nullable Operator next, String nextName) {
        this.chain = chain;
        this.operator = operator;
        this.next = next;
        this.nextName = nextName;
        this.edges = next == null ? chain.outputs().mainEdges(operator) : NO_EDGES;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        emitted++;
        if (next == null) {
            for (EdgeOutput edge : edges) {
                edge.emit(record, timestamp);
            }
            return;
        }
        try {
            next.process(record, timestamp);
        } catch (OperatorFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw OperatorFailedException.at(nextName, e, record);
        }
    }

    @Override
    public void emitSide(OutputTag<?> tag, Object record, long timestamp) throws Exception {
        EdgeOutput[] readers = sideEdges.get(tag);
        if (readers == null) {
            readers = chain.outputs().sideEdges(operator, tag);
            sideEdges.put(tag, readers);
        }
        for (EdgeOutput edge : readers) {
            edge.emit(record, timestamp);
        }
    }

    @Override
    public void emitWatermark(long watermark) throws Exception {
        chain.emitWatermark(operator, watermark);
    }

    @Override
    public boolean isFull() {
        return chain.mustStop();
    }

    long emitted() {
        return emitted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.api.stream.OutputTag;
import io.millrace.operators.Output;
import io.millrace.runtime.channel.EdgeOutput;
import java.util.HashMap;
import java.util.Map;

/** What one operator of a chain emits to: the next operator, or the vertex's edges. One instance an operator and subtask. */
abstract class ChainLink implements Output {
    private final OperatorChain chain;
    private final int operator;
    private final Map<OutputTag<?>, EdgeOutput[]> sideEdges = new HashMap<>();

    ChainLink(OperatorChain chain, int operator) {
        this.chain = chain;
        this.operator = operator;
    }

    @Override
    public final void emitSide(OutputTag<?> tag, Object record, long timestamp) throws Exception {
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
    public final void emitWatermark(long watermark) throws Exception {
        chain.emitWatermark(operator, watermark);
    }

    @Override
    public final void idlenessChanged() {
        chain.idlenessChanged();
    }

    @Override
    public final boolean isFull() {
        return chain.mustStop(operator);
    }
}

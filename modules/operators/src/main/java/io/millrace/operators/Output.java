// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import io.millrace.api.stream.OutputTag;

/** Where an operator emits to: the next operator of the chain, or the channels of the vertex. */
public interface Output {
    void emit(Object record, long timestamp) throws Exception;

    /** Emits to a side output; nothing happens where nobody reads it. */
    void emitSide(OutputTag<?> tag, Object record, long timestamp) throws Exception;

    /** Emits a watermark; only for operators that make watermarks. Ignored unless it is higher than the last. */
    void emitWatermark(long watermark) throws Exception;

    /** What {@link Operator#outputIdle} answers has changed for another reason than the operator's input. */
    void idlenessChanged() throws Exception;

    /**
     * True when a channel has no room, a later operator of the chain takes nothing, or the subtask's turn is over: who emits on their own account stops, and is called
     * again; what is emitted all the same is kept.
     */
    boolean isFull();
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import io.millrace.api.source.InputStatus;
import java.util.concurrent.CompletionStage;

/** An operator that brings records in by itself: the head of a source's chain. Its input are split assignments. */
public abstract class PullOperator extends Operator {
    /** Emits up to {@code maxRecords} records that are there, and returns at once. */
    public abstract InputStatus poll(int maxRecords) throws Exception;

    /** Completes when polling is worth it again after {@link InputStatus#NOTHING_AVAILABLE}. */
    public abstract CompletionStage<Void> isAvailable();

    /**
     * The coordinator's answer to {@link OperatorContext#reportWatermark}.
     *
     * @param lowestWatermark of the sources in the group
     */
    public void alignTo(long lowestWatermark) throws Exception {}
}

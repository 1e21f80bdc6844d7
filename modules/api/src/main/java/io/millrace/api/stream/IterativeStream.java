// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Evolving;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamInput;
import io.millrace.api.types.TypeHint;

/**
 * The head of a feedback loop: a stream of what comes from outside and of what comes back. Exactly-once like all else:
 * records that are on their way round are part of each checkpoint.
 *
 * <p>Time: feedback carries no watermark, so the watermark in the loop is that of the input from outside. A record that
 * comes back keeps the timestamp it is emitted with; by then the watermark may have passed it, and windows in the loop
 * treat it as late. When the input from outside has ended, the last watermark goes round first, with the timers that are
 * due at it; a timer that is set after it fires before the loop ends. Timers of processing time that are not due when
 * nothing circulates any more do not fire, as at the end of any job.
 *
 * <p>A bounded job ends when nothing circulates. A loop from which records never leave does not end.
 *
 * @param <T> records in the loop
 */
@Evolving
public final class IterativeStream<T> extends DataStream<T> {
    static final int DEFAULT_MAX_CIRCULATING = 10_000;

    private IterativeStream(DataStream<T> head) {
        super(head.plan, head.node);
    }

    static <T> IterativeStream<T> of(DataStream<T> outside, int maxCirculating) {
        if (maxCirculating < 1) {
            throw new JobDefinitionException("iterate() takes records from outside while fewer than a bound wait to go"
                    + " round; the bound must be at least 1, not " + maxCirculating + ".");
        }
        TypeHint<?> type = outside.recordType();
        return new IterativeStream<>(outside.<T>then(new OperatorSpec.IterationSpec(maxCirculating, type))
                .inheritType(outside));
    }

    /**
     * Sends a stream back to the head; it must come from the loop. May be called for several streams.
     *
     * @return the stream that was given
     */
    public DataStream<T> closeWith(DataStream<T> feedback) {
        if (feedback.plan != plan) {
            throw new JobDefinitionException("closeWith() takes a stream of the loop itself; " + feedback.node.name()
                    + " belongs to another environment.");
        }
        StreamInput input = feedback.asInput();
        node.addFeedback(input.as(OperatorSpec.IterationSpec.FEEDBACK));
        return feedback;
    }

    @Override
    public IterativeStream<T> name(String name) {
        super.name(name);
        return this;
    }

    @Override
    public IterativeStream<T> uid(String uid) {
        super.uid(uid);
        return this;
    }

    @Override
    public IterativeStream<T> setParallelism(int parallelism) {
        super.setParallelism(parallelism);
        return this;
    }
}

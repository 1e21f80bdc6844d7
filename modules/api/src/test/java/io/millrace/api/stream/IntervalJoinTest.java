// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.DefinitionContext;
import io.millrace.api.JobArguments;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.graph.JoinBounds;
import io.millrace.api.graph.JoinKind;
import io.millrace.api.graph.OperatorSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a join by time is when it is defined, and what is refused. */
class IntervalJoinTest {
    private static final Duration TEN = Duration.ofMillis(10);

    private final StreamEnvironment env = new StreamEnvironment(DefinitionContext.local(JobArguments.of(), 1));
    private final KeyedStream<Long, Long> numbers =
            env.fromElements(1L, 2L).returns(Long.class).keyBy(number -> number, Long.class);

    private static OperatorSpec.IntervalJoinSpec specOf(IntervalJoin<Long, Long, Long> join, JoinKind kind) {
        DataStream<Long> results =
                switch (kind) {
                    case INNER -> join.inner((left, right) -> left);
                    case LEFT -> join.left((left, right) -> left);
                    case RIGHT -> join.right((left, right) -> right);
                    case FULL -> join.full((left, right) -> left == null ? right : left);
                };
        return (OperatorSpec.IntervalJoinSpec) results.node.spec();
    }

    @Test
    void boundsAreIncludedUnlessToldOtherwise() {
        IntervalJoin<Long, Long, Long> join = numbers.intervalJoin(numbers).between(TEN.negated(), TEN);
        assertThat(specOf(join, JoinKind.INNER).bounds()).isEqualTo(new JoinBounds(-10, 10));
        assertThat(specOf(join.lowerBoundExclusive(), JoinKind.INNER).bounds()).isEqualTo(new JoinBounds(-9, 10));
        assertThat(specOf(join.upperBoundExclusive(), JoinKind.INNER).bounds()).isEqualTo(new JoinBounds(-10, 9));
        assertThat(specOf(join.upperBoundExclusive().lowerBoundExclusive().lowerBoundExclusive(), JoinKind.INNER)
                        .bounds())
                .isEqualTo(new JoinBounds(-9, 9));
        assertThat(specOf(numbers.intervalJoin(numbers).retaining(TEN), JoinKind.INNER)
                        .bounds())
                .isEqualTo(new JoinBounds(-10, 10));
    }

    @Test
    void eachKindOfJoinIsWhatItsNameSays() {
        IntervalJoin<Long, Long, Long> join = numbers.intervalJoin(numbers).between(TEN, TEN);
        for (JoinKind kind : JoinKind.values()) {
            assertThat(specOf(join, kind).kind()).isEqualTo(kind);
        }
    }

    @Test
    void boundsThatLetNothingThroughAreRefused() {
        assertThatThrownBy(() -> specOf(numbers.intervalJoin(numbers).between(TEN, TEN.negated()), JoinKind.INNER))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("from 10 ms to -10 ms");
        assertThatThrownBy(() ->
                        specOf(numbers.intervalJoin(numbers).between(TEN, TEN).lowerBoundExclusive(), JoinKind.INNER))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("exclusive bounds");
        assertThatThrownBy(() -> numbers.intervalJoin(numbers).retaining(TEN.negated()))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("negative time");
        assertThatThrownBy(() -> numbers.intervalJoin(numbers).between(TEN, Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("upper bound");
    }
}

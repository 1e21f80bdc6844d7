// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.AsyncEnrichment.NamedOrder;
import io.millrace.testkit.CollectSink;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class AsyncEnrichmentTest {
    private static final String LABEL = "async-enrichment";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            AsyncEnrichment.namedOrders(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void namesAllOrders(int parallelism, boolean unordered, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, 512, "--orders", "20", "--unordered=" + unordered);

        List<NamedOrder> named = CollectSink.committed(LABEL);
        String[] names = {"Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "somebody"};
        List<NamedOrder> expected = LongStream.rangeClosed(1, 20)
                .mapToObj(id -> new NamedOrder(id, names[(int) (id % 7)]))
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(expected);
        if (parallelism == 1 && !unordered) {
            assertThat(named).isEqualTo(expected);
        }
        if (unordered) {
            // The fastest answers pass those that never come.
            assertThat(named).isNotEqualTo(expected);
        }
    }
}

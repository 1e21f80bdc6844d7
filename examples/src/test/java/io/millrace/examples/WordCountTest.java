// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.stream.Keyed;
import io.millrace.testkit.CollectSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ExampleNode.class)
class WordCountTest {
    private static final String LABEL = "word-count";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            WordCount.counts(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void countsEachWordUp(int parallelism, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, 512);

        Map<String, Long> counts = new HashMap<>();
        List<Keyed<String, Long>> expected = new ArrayList<>();
        for (String word :
                String.join(" ", WordCount.TEXT).toLowerCase(Locale.ROOT).split(" ")) {
            expected.add(new Keyed<>(word, counts.merge(word, 1L, Long::sum)));
        }
        assertThat(counts).containsEntry("the", 8L).containsEntry("wheel", 4L);
        List<Keyed<String, Long>> counted = CollectSink.committed(LABEL);
        assertThat(counted).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(counted)
                .filteredOn(count -> count.key().equals("the"))
                .extracting(Keyed::value)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }
}

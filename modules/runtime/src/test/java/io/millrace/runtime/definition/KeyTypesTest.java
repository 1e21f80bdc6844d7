// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.api.stream.DataStream;
import io.millrace.runtime.protocol.JobSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Declared types of keys are checked when the job is defined. */
class KeyTypesTest {
    record Tagged(String name, HashSet<String> tags) {}

    record Named(String name, int shard) {}

    private static JobDefinition define(Class<? extends StreamJob> job) {
        JobSpec spec = new JobSpec("keys", job.getName(), List.of(), 2, 16, "", 0);
        return JobDefinition.of(spec, Map.of(), true, name -> KeyTypesTest.class.getClassLoader());
    }

    public static final class Bad implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DataStream<String> words = env.fromElements("a", "b");
            words.keyBy(word -> new Tagged(word, new HashSet<>()), Tagged.class)
                    .reduce((left, right) -> left + right)
                    .uid("joined")
                    .sinkTo(new DiscardSink<>("keys-test"));
            words.keyBy(String::getBytes, byte[].class)
                    .reduce((left, right) -> left + right)
                    .uid("by-bytes")
                    .name("by bytes")
                    .sinkTo(new DiscardSink<>("keys-test"));
        }
    }

    @Test
    void allStreamsWithBadKeysAreNamedWithThePath() {
        assertThatThrownBy(() -> define(Bad.class))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("The keys of the stream into")
                .hasMessageContaining("Tagged.tags: HashSet<String> cannot be a key or part of one")
                .hasMessageContaining("byte[] cannot be a key")
                .hasMessageContaining("'by bytes")
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(2));
    }

    public static final class Good implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.fromElements("a", "b")
                    .keyBy(word -> new Named(word, 1), Named.class)
                    .reduce((left, right) -> left + right)
                    .uid("joined")
                    .sinkTo(new DiscardSink<>("keys-test"));
        }
    }

    @Test
    void recordsOfPlainTypesAreKeys() {
        assertThat(define(Good.class).graph().edges()).anyMatch(edge -> edge.keyType() != null);
    }
}

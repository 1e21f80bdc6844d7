// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.DiscardSink;
import io.millrace.runtime.protocol.JobSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that a job declares are looked at when it is defined for the first time. */
class CodecChecksTest {
    /** A key with a field whose order of elements is nobody's. */
    public record Tagged(String name, HashSet<String> tags) {}

    /** A key without canonical bytes, as it is compared by identity. */
    public static final class Opaque {}

    public record Order(String customer, Object extra) {}

    /** Keyed by what its argument says. */
    public static final class Keyed implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            var numbers = env.fromSequence(1, 10);
            var keyed =
                    switch (env.args().require("key")) {
                        case "array" -> numbers.keyBy(x -> new byte[] {1}, byte[].class);
                        case "set" -> numbers.keyBy(x -> new Tagged("a", new HashSet<>()), Tagged.class);
                        case "class" -> numbers.keyBy(x -> new Opaque(), Opaque.class);
                        default -> numbers.keyBy(x -> x, Long.class);
                    };
            keyed.sum(x -> x).name("total").uid("total").sinkTo(new DiscardSink<>("checks"));
        }
    }

    /** Its records have a part of no known type. */
    public static final class Typed implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            env.generate(i -> new Order("c", i), 10, Order.class).rebalance().sinkTo(new DiscardSink<>("checks"));
        }
    }

    private static JobDefinition define(Class<? extends StreamJob> job, boolean first, String... args) {
        JobSpec spec = new JobSpec("checks", job.getName(), List.of(args), 1, 16, "", 5);
        return JobDefinition.of(spec, Map.of(), first, name -> CodecChecksTest.class.getClassLoader());
    }

    @ParameterizedTest
    @CsvSource({
        "array, byte[]",
        "set, io.millrace.runtime.definition.CodecChecksTest$Tagged",
        "class, io.millrace.runtime.definition.CodecChecksTest$Opaque"
    })
    void aKeyWithoutCanonicalBytesIsRefused(String key, String type) {
        assertThatThrownBy(() -> define(Keyed.class, true, "--key", key))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageStartingWith(
                        "The operator 'total' (keyedProcess) is keyed by " + type + ", which has no canonical bytes: ")
                .hasMessageEndingWith(" Give keyBy(..) a key that is the same bytes after every restart.");
    }

    @Test
    void theErrorHasThePathToTheField() {
        assertThatThrownBy(() -> define(Keyed.class, true, "--key", "set")).hasMessageContaining("Tagged.tags");
        assertThatThrownBy(() -> define(Typed.class, true)).hasMessageContaining("Order.extra");
    }

    @Test
    void aDeclaredTypeWithoutACodecIsRefused() {
        assertThatThrownBy(() -> define(Typed.class, true))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageStartingWith(
                        "The type io.millrace.runtime.definition.CodecChecksTest$Order that is declared for"
                                + " the records of 'generator' (source) has no codec: ");
    }

    @Test
    void laterDefinitionsAreHeldAgainstTheFirstByTheirFingerprintAlone() {
        JobDefinition first = define(Keyed.class, true, "--key", "number");
        JobDefinition later = define(Keyed.class, false, "--key", "number");

        assertThat(later.graph().fingerprint()).isEqualTo(first.graph().fingerprint());
        assertThat(define(Typed.class, false).graph().vertices()).isNotEmpty();
    }
}

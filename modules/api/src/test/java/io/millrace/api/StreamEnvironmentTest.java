// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Transformation;
import io.millrace.api.source.GeneratorSource;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.types.TypeHint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamEnvironmentTest {
    private final StreamEnvironment env =
            new StreamEnvironment(DefinitionContext.local(JobArguments.of("--a", "b"), 3));

    @Test
    void handsOnWhatTheJobWasStartedWith() {
        assertThat(env.args().get("a")).contains("b");
        assertThat(env.startTime()).isEqualTo(Instant.EPOCH);
        assertThat(env.logicalPlan().defaultParallelism()).isEqualTo(3);
        assertThat(env.logicalPlan().maxParallelism()).isEqualTo(4096);
    }

    @Test
    void onceComputesAValueInTheFirstDefinitionAlone() {
        Map<String, String> journalled = new HashMap<>();
        StreamEnvironment first = new StreamEnvironment(context(journalled, true));
        assertThat(first.once("seed", () -> "17")).isEqualTo("17");
        assertThat(first.once("seed", () -> "18")).isEqualTo("17");

        StreamEnvironment later = new StreamEnvironment(context(journalled, false));
        assertThat(later.once("seed", () -> "19")).isEqualTo("17");
        assertThatThrownBy(() -> later.once("other", () -> "20"))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("env.once(\"other\", ..) was not called when the job was first defined, so it has no"
                        + " journalled value. define() must make the same calls every time.");
        assertThat(journalled).containsOnlyKeys("seed");
    }

    @Test
    @SuppressWarnings("NullAway")
    void onceRefusesNull() {
        assertThatThrownBy(() -> env.once("seed", () -> null))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("The supplier of env.once(\"seed\", ..) gave null: a journalled value is a text.");
    }

    private static DefinitionContext context(Map<String, String> onceValues, boolean first) {
        return new DefinitionContext(JobArguments.of(), Instant.EPOCH, 1, 128, onceValues, first);
    }

    @Test
    void generatesRecordsFromTheirIndex() {
        env.generate(i -> "r" + i, 5, String.class);
        assertThat(last().name()).isEqualTo("generator");
        assertThat(last().outputType()).isEqualTo(TypeHint.of(String.class));
        assertThatIllegalArgumentException().isThrownBy(() -> env.generate(i -> i, -1, Long.class));
    }

    @Test
    void aSequenceHasNoMoreNumbersThanCanBeCounted() {
        for (long from : new long[] {Long.MIN_VALUE, -1, 0}) {
            assertThatThrownBy(() -> env.fromSequence(from, Long.MAX_VALUE))
                    .isInstanceOf(JobDefinitionException.class)
                    .hasMessage("fromSequence(" + from + ", " + Long.MAX_VALUE
                            + ") has more numbers than a long counts." + " Begin later or end earlier.");
        }
        assertThat(env.fromSequence(1, Long.MAX_VALUE)).isNotNull();
    }

    private Transformation last() {
        return env.logicalPlan()
                .transformations()
                .get(env.logicalPlan().transformations().size() - 1);
    }

    @Test
    void sourcesAreNamedAndTyped() {
        env.fromSource(GeneratorSource.of(i -> i, 5, Long.class), WatermarkStrategy.noWatermarks(), "numbers");
        env.fromElements(1, 2);

        Transformation numbers = env.logicalPlan().transformations().get(0);
        assertThat(numbers.name()).isEqualTo("numbers");
        assertThat(numbers.outputType()).isEqualTo(TypeHint.of(Long.class));
        assertThat(numbers.inputs()).isEmpty();
        Transformation collection = env.logicalPlan().transformations().get(1);
        assertThat(collection.name()).isEqualTo("collection");
        assertThat(collection.outputType()).isNull();
        assertThat(collection.spec()).isInstanceOf(OperatorSpec.SourceSpec.class);
        assertThat(collection.id()).isEqualTo(1);
    }

    @Test
    void recordsAreNeverNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> env.fromElements("a", null))
                .withMessage("Records are never null, but element 1 of the collection is.");
    }

    @Test
    void checksParallelisms() {
        env.setParallelism(32_768).setMaxParallelism(32_768);
        assertThat(env.logicalPlan().defaultParallelism()).isEqualTo(32_768);
        fails(() -> env.setParallelism(0), "A parallelism is 1 to 32768; the job's parallelism was set to 0.");
        fails(() -> env.setParallelism(32_769), "A parallelism is 1 to 32768; the job's parallelism was set to 32769.");
        fails(() -> env.setMaxParallelism(0), "Max parallelism is the number of key groups, 1 to 32768, not 0.");
        fails(
                () -> env.setMaxParallelism(32_769),
                "Max parallelism is the number of key groups, 1 to 32768, not 32769.");
    }

    @Test
    void registersEachTypeUnderOneId() {
        env.registerType(String.class, 0).registerType(String.class, 0).registerType(Long.class, 9_999);

        assertThat(env.logicalPlan().registeredTypes())
                .containsExactly(Map.entry(0, String.class), Map.entry(9_999, Long.class));
        fails(
                () -> env.registerType(Byte.class, 0),
                "The id 0 is given to both java.lang.String and java.lang.Byte; give each type an id of its own.");
        fails(
                () -> env.registerType(String.class, 1),
                "java.lang.String is registered under both 0 and 1; keep the one that existing state was written"
                        + " with.");
        fails(() -> env.registerType(Byte.class, -1), "The id of java.lang.Byte must be 0 to 9999, not -1.");
        fails(() -> env.registerType(Byte.class, 10_000), "The id of java.lang.Byte must be 0 to 9999, not 10000.");
    }

    private static void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(JobDefinitionException.class).hasMessage(message);
    }
}

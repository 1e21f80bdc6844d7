// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.JobDefinitionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformationTest {
    private final Transformation node =
            new LogicalPlan(1, 128).add(new OperatorSpec.MapSpec(record -> record), List.of());

    @Test
    void beginsWithDefaults() {
        assertThat(node.name()).isEqualTo("map");
        assertThat(node.uid()).isNull();
        assertThat(node.parallelism()).isZero();
        assertThat(node.blocking()).isFalse();
        assertThat(node.chainingAllowed()).isTrue();
        assertThat(node.outputType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "count", "per-minute_2.v3", "0", ".hidden", "a.", "...x"})
    void takesUidsThatAreSafeInFileNames(String uid) {
        node.setUid(uid);
        assertThat(node.uid()).isEqualTo(uid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "../x y"})
    void refusesOtherUids(String uid) {
        assertThatThrownBy(() -> node.setUid(uid))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("The uid '" + uid
                        + "' of map must be 1 to 120 characters of letters, digits, '.', '_' and '-', not only dots.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void refusesUidsThatAreFoldersOfTheirOwn(String uid) {
        assertThatThrownBy(() -> node.setUid(uid))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessageContaining("The uid '" + uid + "' of map");
    }

    @Test
    void bounds() {
        node.setUid("x".repeat(120));
        assertThatThrownBy(() -> node.setUid("x".repeat(121))).isInstanceOf(JobDefinitionException.class);
        node.setParallelism(32_768);
        assertThatThrownBy(() -> node.setParallelism(32_769))
                .isInstanceOf(JobDefinitionException.class)
                .hasMessage("A parallelism is 1 to 32768; map was set to 32769.");
        assertThatThrownBy(() -> node.setParallelism(0)).isInstanceOf(JobDefinitionException.class);
        assertThat(node.parallelism()).isEqualTo(32_768);
    }
}

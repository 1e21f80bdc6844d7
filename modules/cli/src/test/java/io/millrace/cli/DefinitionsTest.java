// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.server.NodeOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
    @Test
    void valuesAreTextUnlessTheyAreListsOrObjects() throws Exception {
        Config config =
                Definitions.parse(List.of("a.b=file:/tmp/x=y", "a.n = 3", "a.n=4", "l=[1, 2]", "o={x: 1}", "empty="));
        assertThat(config.getString("a.b")).isEqualTo("file:/tmp/x=y");
        assertThat(config.getInt("a.n")).isEqualTo(4);
        assertThat(config.getIntList("l")).containsExactly(1, 2);
        assertThat(config.getInt("o.x")).isEqualTo(1);
        assertThat(config.getString("empty")).isEmpty();
        assertThat(config.getValue("a.n").origin().description()).isEqualTo("-D on the command line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=1", "a..b=1", "l=[1", " =x"})
    void whatCannotBeReadIsNamed(String definition) {
        assertThatThrownBy(() -> Definitions.parse(List.of(definition)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(definition);
    }

    @Test
    void whatIsGivenAndTheCommandsDefaultsStayApart() throws Exception {
        NodeArguments arguments = new NodeArguments();
        arguments.definitions.add("checkpointing.interval=9 s");
        NodeOptions options =
                arguments.options(null, ConfigFactory.parseString("checkpointing.interval = 1 s, parallelism = 2"));
        assertThat(options.overrides().entrySet()).hasSize(1);
        assertThat(options.overrides().getDuration("checkpointing.interval")).hasSeconds(9);
        assertThat(options.defaults().getDuration("checkpointing.interval")).hasSeconds(1);
        assertThat(options.defaults().getInt("parallelism")).isEqualTo(2);
        assertThat(options.defaults().getString("restart-strategy.type")).isEqualTo("fixed-delay");
    }
}

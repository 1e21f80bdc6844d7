// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeConfigTest {
    private static final Config REFERENCE = ConfigFactory.parseString("""
            millrace {
              parallelism = 2, ratio = 0.5, name = "x", nothing = "", flag = on, switch = true
              interval = 10 s, pause = 5 m, size = 64 MiB, list = [], open {}
              checkpointing { interval = 10 s, dir = "" }
            }
            """);

    @Test
    void overridesMayLeaveThePrefixOut() throws Exception {
        Config config = load("cluster.port = 4711, millrace.cluster.join-timeout = 7 s, pekko.loglevel = ERROR");
        assertThat(config.getInt("millrace.cluster.port")).isEqualTo(4711);
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(4711);
        assertThat(config.getDuration("millrace.cluster.join-timeout")).hasSeconds(7);
        assertThat(config.getString("pekko.loglevel")).isEqualTo("ERROR");
    }

    @Test
    void withAndWithoutPrefixMeetInOneTree() {
        Config config = NodeConfig.withPrefix(
                ConfigFactory.parseString("a.b = 1, millrace.a.c = 2, pekko.x = 3"), Set.of("pekko"));
        assertThat(config).isEqualTo(ConfigFactory.parseString("millrace.a { b = 1, c = 2 }, pekko.x = 3"));
    }

    @Test
    void defaultsOfTheProgramGiveWayToWhatIsConfigured() throws Exception {
        Config defaults = ConfigFactory.parseString("cluster.port = 1, millrace.parallelism = 7, slots = 3");
        System.setProperty("millrace.parallelism", "2");
        try {
            ConfigFactory.invalidateCaches();
            Config config = NodeConfig.load(
                    ConfigFactory.parseString("millrace.cluster.port = 2"),
                    defaults,
                    getClass().getClassLoader());
            assertThat(config.getInt("millrace.cluster.port")).isEqualTo(2);
            assertThat(config.getInt("millrace.parallelism")).isEqualTo(2);
            assertThat(config.getInt("millrace.slots")).isEqualTo(3);
        } finally {
            System.clearProperty("millrace.parallelism");
            ConfigFactory.invalidateCaches();
        }
    }

    @Test
    void seedNodesBecomeAddresses() throws Exception {
        assertThat(load("cluster.seed-nodes = [\"10.0.0.7:25520\"]").getStringList("pekko.cluster.seed-nodes"))
                .containsExactly("pekko://millrace@10.0.0.7:25520");
        assertThatThrownBy(() -> load("cluster.seed-nodes = [\"10.0.0.7\"]"))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("'10.0.0.7'")
                .hasMessageContaining("host:port");
    }

    @Test
    void anUnknownKeyNamesTheNearestAndWhereItStands() {
        assertThatThrownBy(() -> load("cluster.prot = 1"))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("millrace.cluster.prot")
                .hasMessageContaining("from the test")
                .hasMessageContaining("nearest there is is millrace.cluster.port.");
    }

    @Test
    void systemPropertiesAreCheckedToo() {
        System.setProperty("millrace.cluster.port", "not-a-port");
        try {
            ConfigFactory.invalidateCaches();
            assertThatThrownBy(() -> load(""))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining("millrace.cluster.port takes a whole number, not not-a-port")
                    .hasMessageContaining("system properties");
        } finally {
            System.clearProperty("millrace.cluster.port");
            ConfigFactory.invalidateCaches();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parallelism = 4", "parallelism = \"4\"", "ratio = 1", "name = y", "nothing = 3", "flag = off",
                "flag = true", "switch = no", "interval = 100 ms", "pause = 1 s", "size = 1 GiB", "size = 100",
                "list = [1]", "open { any.thing = 1 }", "checkpointing.interval = 1s", "checkpointing.dir = /tmp/x"
            })
    void settingsOfTheRightTypePass(String setting) {
        assertThatCode(() -> check(setting)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "parallelism = many | takes a whole number, not many",
                "ratio = much | takes a number, not much",
                "parallelism = 2.5 | takes a whole number, not 2.5",
                "flag = perhaps | takes on or off, not perhaps",
                "switch = 3 | takes on or off, not 3",
                "interval = soon | takes a duration such as '10 s' or '500 ms', not soon",
                "size = large | takes a size such as '64 MiB', not large",
                "list = 3 | takes a list, not 3",
                "checkpointing = 3 | takes settings below it, not 3",
                "name { a = 1 } | takes a single value",
                "name = null | takes a value, not null",
                "paralellism = 3 | the nearest there is is millrace.parallelism.",
                "checkpointing.intervall = 3 | the nearest there is is millrace.checkpointing.interval.",
                "interval.x = 3 | takes a single value"
            })
    void settingsOfTheWrongTypeAreNamed(String setting, String message) {
        assertThatThrownBy(() -> check(setting))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"a,a,0", "a,b,1", "abc,ac,1", "kitten,sitting,3", "'',abc,3", "abc,'',3"})
    void distanceCountsEdits(String from, String to, int edits) {
        assertThat(SettingsCheck.distance(from, to)).isEqualTo(edits);
    }

    private static Config load(String overrides) throws NodeStartException {
        Config parsed = ConfigFactory.parseString(
                overrides, com.typesafe.config.ConfigParseOptions.defaults().setOriginDescription("the test"));
        return NodeConfig.load(parsed, ConfigFactory.empty(), NodeConfigTest.class.getClassLoader());
    }

    private static void check(String setting) throws NodeStartException {
        Config given = ConfigFactory.parseString("millrace { " + setting + " }");
        new SettingsCheck(REFERENCE, given.withFallback(REFERENCE)).check();
    }
}

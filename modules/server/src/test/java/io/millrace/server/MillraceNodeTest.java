// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.MemberStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class MillraceNodeTest {
    @TempDir
    Path dir;

    @Test
    void aNodeIsUpAloneOnLoopbackAndStartsAgainAfterItsEnd() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (MillraceNode node = MillraceNode.start(NodeOptions.in(dir))) {
                Cluster cluster = Cluster.get(node.system().classicSystem());
                assertThat(cluster.selfMember().status()).isEqualTo(MemberStatus.up());
                assertThat(cluster.selfAddress().host().get()).isEqualTo("127.0.0.1");
                assertThat(cluster.selfAddress().port().get()).isNotEqualTo(0);
                assertThat(dir.resolve("journal/journal.mv.db")).isRegularFile();
                assertThat(node.system().settings().config().getString("millrace.dir"))
                        .isEqualTo(dir.toString());
            }
            assertThat(dir.resolve("node.pid")).doesNotExist();
        }
    }

    @Test
    void theLogGoesToAFileOfTheNode() throws Exception {
        try (MillraceNode node = MillraceNode.start(NodeOptions.in(dir))) {
            LoggerFactory.getLogger("io.millrace.test").info("told by the engine");
            LoggerFactory.getLogger("org.else.test").info("told by a library");
            LoggerFactory.getLogger("org.else.test").warn("warned by a library");
            assertThat(dir.resolve("logs/millrace.log"))
                    .content()
                    .contains("told by the engine", "warned by a library")
                    .doesNotContain("told by a library");
        } finally {
            NodeLogging.silence();
        }
    }

    @Test
    void aSecondNodeOnTheDirectoryIsTurnedAwayAndDoesNotHarmTheFirst() throws Exception {
        String pid = Long.toString(ProcessHandle.current().pid());
        try (NodeDirectory first = NodeDirectory.open(dir)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> MillraceNode.start(NodeOptions.in(dir)))
                        .isInstanceOf(NodeStartException.class)
                        .hasMessageContaining(first.path().toString())
                        .hasMessageContaining("process " + pid);
            }
            assertThat(startElsewhere()).contains("in use by another node, process " + pid);
        }
        NodeDirectory.open(dir).close();
    }

    @Test
    void aFileInTheDirectorysPlaceIsNamed() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "in the way");
        assertThatThrownBy(() -> MillraceNode.start(NodeOptions.in(file)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(file + " is a file");
        assertThatThrownBy(() -> MillraceNode.start(NodeOptions.in(file.resolve("below"))))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("in the way");
    }

    @Test
    void aTakenPortIsAReadableErrorThatLeavesNothingBehind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Config port = ConfigFactory.parseMap(Map.of("cluster.port", taken.getLocalPort()));
            assertThatThrownBy(() -> MillraceNode.start(NodeOptions.in(dir).withOverrides(port)))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        // Threads of an actor system that did not start would keep the process alive.
        await().atMost(Duration.ofSeconds(20)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("millrace-") && !thread.isDaemon()));
        NodeDirectory.open(dir).close();
    }

    @Test
    void seedNodesThatDoNotAnswerFailTheStart() {
        Config config = ConfigFactory.parseString(
                "cluster { seed-nodes = [\"127.0.0.1:1\"], join-timeout = 1 s, shutdown-timeout = 10 s }");
        assertThatThrownBy(() -> MillraceNode.start(NodeOptions.in(dir).withOverrides(config)))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("millrace.cluster.seed-nodes");
    }

    @Test
    void unsafeSettingsAreRefused() {
        for (String unsafe :
                new String[] {"pekko.actor.allow-java-serialization = on", "pekko.cluster.downing-provider-class = \"\""
                }) {
            assertThatThrownBy(() ->
                            MillraceNode.start(NodeOptions.in(dir).withOverrides(ConfigFactory.parseString(unsafe))))
                    .isInstanceOf(NodeStartException.class)
                    .hasMessageContaining(unsafe.substring(0, unsafe.indexOf(' ')));
        }
    }

    /** What a process of its own says that tries to open the directory. */
    private String startElsewhere() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpeningProcess.class.getName(),
                        dir.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}

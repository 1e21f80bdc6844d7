// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.runtime.journal.JournalProvider;
import io.millrace.runtime.journal.JournalUnavailableException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest {
    private static final Config NONE = ConfigFactory.empty();

    @TempDir
    Path dir;

    @Test
    void whatWasPersistedIsThereAfterARestart() throws Exception {
        ActorSystem<Counter.Command> first = Counter.start(dir, NONE);
        for (int i = 1; i <= 12; i++) {
            assertThat(Counter.add(first, i)).isEqualTo(i * (i + 1L) / 2);
        }
        Counter.stop(first);

        ActorSystem<Counter.Command> second = Counter.start(dir, NONE);
        assertThat(Counter.get(second)).isEqualTo(78);
        assertThat(Counter.add(second, 22)).isEqualTo(100);
        Counter.stop(second);
        assertThat(dir.resolve("journal/journal.mv.db")).isRegularFile();
    }

    @Test
    void aKilledProcessLosesNothingItAcknowledged() throws Exception {
        long acknowledged = 0;
        for (int kill = 0; kill < 2; kill++) {
            acknowledged = countAndKill(acknowledged + 40);
        }
        ActorSystem<Counter.Command> system = Counter.start(dir, NONE);
        // The one that was under way when the process died may have been written, too.
        assertThat(Counter.get(system)).isBetween(acknowledged, acknowledged + 1);
        Counter.stop(system);
    }

    @Test
    void preparingTwiceChangesNothing() {
        Config config = ConfigFactory.load();
        Config once = new H2JournalProvider().prepare(config, dir);
        Config twice = new H2JournalProvider().prepare(config, dir);
        assertThat(twice).isEqualTo(once);
        assertThat(once.getString("jdbc-journal.replay-filter.mode")).isEqualTo("fail");
        assertThat(once.getString("pekko-persistence-jdbc.shared-databases.millrace.db.url"))
                .contains("WRITE_DELAY=0", "DB_CLOSE_ON_EXIT=FALSE");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws Exception {
        Files.createDirectories(dir.resolve("journal"));
        Files.write(dir.resolve("journal/journal.mv.db"), new byte[10_000]);
        assertThatThrownBy(() -> new H2JournalProvider().prepare(ConfigFactory.load(), dir))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("journal.mv.db");
        assertThat(Files.size(dir.resolve("journal/journal.mv.db"))).isEqualTo(10_000);
    }

    @Test
    void aFileInTheFoldersPlaceIsNamed() throws Exception {
        Files.writeString(dir.resolve("journal"), "in the way");
        assertThatThrownBy(() -> new H2JournalProvider().prepare(ConfigFactory.load(), dir))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining(dir.resolve("journal").toString());
    }

    @Test
    void aSemicolonInTheDirectoryIsRefused() {
        assertThatThrownBy(() -> new H2JournalProvider().prepare(ConfigFactory.load(), dir.resolve("a;b")))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("a;b");
    }

    @Test
    void anUnknownProviderIsAnErrorThatNamesTheKnown() {
        assertThatThrownBy(() -> JournalProvider.named("oracle", getClass().getClassLoader()))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("'oracle'")
                .hasMessageContaining("h2, postgresql");
    }

    /** Lets a process of its own count up to {@code atLeast}, kills it there and returns the last total it reported. */
    private long countAndKill(long atLeast) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long last = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // The last line may be cut short.
                last = Math.max(last, Long.parseLong(line));
                if (last >= atLeast) {
                    // By its handle: the process itself would close the stream that is being read.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("killed, not ended").isEqualTo(137);
            assertThat(last).isGreaterThanOrEqualTo(atLeast);
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}

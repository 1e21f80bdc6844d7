// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.runtime.journal.JournalUnavailableException;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

class PostgresqlJournalTest {
    private static final Path UNUSED = Path.of(".");

    @Test
    void anAddressIsAskedFor() {
        assertThatThrownBy(() -> new PostgresqlJournalProvider().prepare(ConfigFactory.load(), UNUSED))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("millrace.journal.postgresql.url");
    }

    @Test
    void theConfigurationReachesThePlugin() {
        Config config = ConfigFactory.parseString("""
                        millrace.journal {
                          create-schema = off
                          connections = 7
                          postgresql { url = "jdbc:postgresql://db:5432/mill", user = ada, password = "s e c" }
                        }
                        """).withFallback(ConfigFactory.load());
        Config plugin = new PostgresqlJournalProvider().prepare(config, UNUSED);
        Config database = plugin.getConfig("pekko-persistence-jdbc.shared-databases.millrace");
        assertThat(database.getString("profile")).isEqualTo("slick.jdbc.PostgresProfile$");
        assertThat(database.getString("db.url")).isEqualTo("jdbc:postgresql://db:5432/mill");
        assertThat(database.getString("db.user")).isEqualTo("ada");
        assertThat(database.getString("db.password")).isEqualTo("s e c");
        assertThat(database.getInt("db.maxConnections")).isEqualTo(7);
        assertThat(plugin.getString("pekko.persistence.journal.plugin")).isEqualTo("jdbc-journal");
    }

    @Test
    void aServerThatDoesNotAnswerIsAReadableError() {
        Config config = ConfigFactory.parseString(
                        "millrace.journal.postgresql { url = \"jdbc:postgresql://127.0.0.1:1/mill\", user = ada }")
                .withFallback(ConfigFactory.load());
        assertThatThrownBy(() -> new PostgresqlJournalProvider().prepare(config, UNUSED))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessageContaining("'ada'")
                .hasMessageContaining("refused");
    }

    @Test
    void itsScriptBecomesRepeatable() {
        assertThat(SchemaScript.load("postgres").statements())
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(sql -> sql.toUpperCase(java.util.Locale.ROOT).contains("IF NOT EXISTS"));
    }

    /** Needs a database that may be written to: run with MILLRACE_JOURNAL_URL, _USER and _PASSWORD set. */
    @Test
    @EnabledIfEnvironmentVariable(named = "MILLRACE_JOURNAL_URL", matches = "jdbc:postgresql:.+")
    void whatWasPersistedIsThereAfterARestart() throws Exception {
        Config config = ConfigFactory.parseString("millrace.journal.provider = postgresql");
        ActorSystem<Counter.Command> first = Counter.start(UNUSED, config);
        long before = Counter.get(first);
        assertThat(Counter.add(first, 5)).isEqualTo(before + 5);
        Counter.stop(first);

        ActorSystem<Counter.Command> second = Counter.start(UNUSED, config);
        assertThat(Counter.get(second)).isEqualTo(before + 5);
        Counter.stop(second);
    }
}

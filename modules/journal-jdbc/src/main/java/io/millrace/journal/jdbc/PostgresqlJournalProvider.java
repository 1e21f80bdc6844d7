// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import com.typesafe.config.Config;
import io.millrace.runtime.journal.JournalProvider;
import io.millrace.runtime.journal.JournalUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The journal in a PostgreSQL database that the nodes of a cluster share. */
public final class PostgresqlJournalProvider implements JournalProvider {
    private static final String SCHEME = "jdbc:postgresql:";

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public Config prepare(Config config, Path millraceDir) {
        Config journal = config.getConfig("millrace.journal");
        String url = journal.getString("postgresql.url");
        String user = journal.getString("postgresql.user");
        String password = journal.getString("postgresql.password");
        if (!url.startsWith(SCHEME)) {
            throw new JournalUnavailableException("The journal in PostgreSQL needs its address: set "
                    + "millrace.journal.postgresql.url, or MILLRACE_JOURNAL_URL in the environment, to "
                    + "jdbc:postgresql://host:port/database.");
        }
        if (journal.getBoolean("create-schema")) {
            createSchema(url, user, password);
        }
        return new PluginSettings("slick.jdbc.PostgresProfile$", "org.postgresql.Driver", url, user, password)
                .toConfig(journal);
    }

    private static void createSchema(String url, String user, String password) {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            SchemaScript.load("postgres").runOn(connection);
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "The journal in PostgreSQL cannot be used as user '" + user + "': " + e.getMessage()
                            + " Check millrace.journal.postgresql.url, user and password, and that the user may "
                            + "create tables (or set millrace.journal.create-schema = off).",
                    e);
        }
    }
}

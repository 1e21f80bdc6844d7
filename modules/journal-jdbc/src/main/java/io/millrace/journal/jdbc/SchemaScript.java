// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import io.millrace.runtime.journal.JournalUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pekko.persistence.jdbc.journal.JdbcAsyncWriteJournal;

/**
 * The tables that the JDBC plugin expects, from the script in its jar, made fit to be run at every start: the script
 * creates some of its indexes without asking whether they exist, and one driver refuses it as a single statement.
 */
final class SchemaScript {
    private static final Pattern CREATE_INDEX =
            Pattern.compile("(?i)^(create\\s+(?:unique\\s+)?index(?:\\s+concurrently)?)\\s+(?!if\\s+not\\s+exists)");
    private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");

    private final List<String> statements;

    private SchemaScript(List<String> statements) {
        this.statements = statements;
    }

    /**
     * Reads the script for one database.
     *
     * @param database as the plugin's folders call it, such as {@code h2}
     */
    static SchemaScript load(String database) {
        String resource = "/schema/" + database + "/" + database + "-create-schema.sql";
        try (InputStream in = JdbcAsyncWriteJournal.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new JournalUnavailableException("The class path has no " + resource
                        + ": the jar pekko-persistence-jdbc is missing or of another version.");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new JournalUnavailableException("The script " + resource + " cannot be read: " + e, e);
        }
    }

    static SchemaScript parse(String script) {
        String plain = COMMENT.matcher(script).replaceAll("");
        return new SchemaScript(Arrays.stream(plain.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .map(statement -> CREATE_INDEX.matcher(statement).replaceFirst("$1 IF NOT EXISTS "))
                .toList());
    }

    List<String> statements() {
        return statements;
    }

    /** Runs the statements one by one, each committed by itself. */
    void runOn(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

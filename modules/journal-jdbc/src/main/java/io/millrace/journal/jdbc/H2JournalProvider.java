// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import com.typesafe.config.Config;
import io.millrace.runtime.journal.JournalProvider;
import io.millrace.runtime.journal.JournalUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The journal in an H2 file below the node's directory. One process at a time: the file is locked while it is open. */
public final class H2JournalProvider implements JournalProvider {
    private static final int ALREADY_OPEN = 90020;

    @Override
    public String name() {
        return "h2";
    }

    @Override
    public Config prepare(Config config, Path millraceDir) {
        Config journal = config.getConfig("millrace.journal");
        Path file = millraceDir.toAbsolutePath().normalize().resolve(journal.getString("h2.file"));
        createFolder(file.getParent());
        String url = url(file, journal.getBytes("h2.cache-size"));
        if (journal.getBoolean("create-schema")) {
            createSchema(url, file);
        }
        return new PluginSettings("slick.jdbc.H2Profile$", "org.h2.Driver", url, "", "").toConfig(journal);
    }

    /**
     * With its default write delay H2 acknowledges commits that a killed process loses: the journal would forget a
     * checkpoint whose sinks have committed. Closing in a hook of H2's own would race with the actor system's end.
     */
    static String url(Path file, long cacheBytes) {
        if (file.toString().indexOf(';') >= 0) {
            throw new JournalUnavailableException("The journal cannot be kept in " + file
                    + ": the database takes ';' in a path for the end of it. Choose a directory without one.");
        }
        return "jdbc:h2:file:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=" + cacheBytes / 1024;
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new JournalUnavailableException(
                    "The journal's folder " + folder + " cannot be created: " + e + ". Is the directory writable?", e);
        }
    }

    private static void createSchema(String url, Path file) {
        try (Connection connection = DriverManager.getConnection(url)) {
            SchemaScript.load("h2").runOn(connection);
        } catch (SQLException e) {
            String reason = e.getErrorCode() == ALREADY_OPEN
                    ? "another process has it open. Stop that one, or use another directory."
                    : e.getMessage() + " The file may be damaged, of another version, or not writable.";
            throw new JournalUnavailableException("The journal " + file + ".mv.db cannot be opened: " + reason, e);
        }
    }
}

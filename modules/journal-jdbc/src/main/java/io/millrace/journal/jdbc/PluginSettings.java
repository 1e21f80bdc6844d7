// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Pekko Persistence is told: one connection pool that journal, snapshot store and queries share.
 *
 * @param profile the query builder's class for the database
 * @param driver the JDBC driver's class
 * @param url where the database is
 * @param user who writes, or empty
 * @param password that user's password, or empty
 */
record PluginSettings(String profile, String driver, String url, String user, String password) {
    private static final String SHARED = "millrace";
    private static final String DATABASE = "pekko-persistence-jdbc.shared-databases." + SHARED;

    Config toConfig(Config journal) {
        int connections = journal.getInt("connections");
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pekko.persistence.journal.plugin", "jdbc-journal");
        values.put("pekko.persistence.snapshot-store.plugin", "jdbc-snapshot-store");
        values.put("jdbc-journal.use-shared-db", SHARED);
        values.put("jdbc-snapshot-store.use-shared-db", SHARED);
        values.put("jdbc-read-journal.use-shared-db", SHARED);
        // By default events of an older writer are discarded silently; two writers are an error to be seen.
        values.put("jdbc-journal.replay-filter.mode", "fail");
        values.put(DATABASE + ".profile", profile);
        values.put(DATABASE + ".db.driver", driver);
        values.put(DATABASE + ".db.url", url);
        values.put(DATABASE + ".db.user", user);
        values.put(DATABASE + ".db.password", password);
        values.put(DATABASE + ".db.connectionPool", "HikariCP");
        values.put(DATABASE + ".db.numThreads", connections);
        values.put(DATABASE + ".db.maxConnections", connections);
        values.put(DATABASE + ".db.minConnections", 1);
        values.put(
                DATABASE + ".db.connectionTimeout",
                journal.getDuration("connection-timeout").toMillis());
        values.put(DATABASE + ".db.keepAliveConnection", true);
        return ConfigFactory.parseMap(values, "journal provider");
    }

    /** Without the password, which the generated form would show. */
    @Override
    public String toString() {
        return "PluginSettings[" + profile + "]";
    }
}

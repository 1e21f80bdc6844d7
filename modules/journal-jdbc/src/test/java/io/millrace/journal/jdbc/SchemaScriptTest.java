// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaScriptTest {
    @Test
    void statementsAreSplitAndCommentsDropped() {
        assertThat(SchemaScript.parse("-- a; comment\nCREATE TABLE a(b INT);\n\n ;CREATE TABLE c(d INT)")
                        .statements())
                .containsExactly("CREATE TABLE a(b INT)", "CREATE TABLE c(d INT)");
    }

    @Test
    void indexesAskWhetherTheyExist() {
        assertThat(SchemaScript.parse("""
                                CREATE INDEX i ON t(a);
                                create unique index j ON t(b);
                                CREATE INDEX CONCURRENTLY k ON t(c);
                                CREATE INDEX IF NOT EXISTS l ON t(d);
                                """).statements())
                .containsExactly(
                        "CREATE INDEX IF NOT EXISTS i ON t(a)",
                        "create unique index IF NOT EXISTS j ON t(b)",
                        "CREATE INDEX CONCURRENTLY IF NOT EXISTS k ON t(c)",
                        "CREATE INDEX IF NOT EXISTS l ON t(d)");
    }
}

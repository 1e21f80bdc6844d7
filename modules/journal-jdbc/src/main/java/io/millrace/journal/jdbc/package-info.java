// SPDX-License-Identifier: Apache-2.0
/**
 * The journal in a database: H2 in a file of the node, or PostgreSQL. Makes the tables before the actor system starts
 * and configures the JDBC plugin of Pekko Persistence; the plugin itself does the reading and writing. Found through
 * {@link io.millrace.runtime.journal.JournalProvider}, so nothing here is public but the two providers.
 */
@NullMarked
package io.millrace.journal.jdbc;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * A process that runs Millrace: configuration, the lock on its directory, journal, actor system, cluster. Entry type
 * {@link io.millrace.server.MillraceNode}.
 */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;

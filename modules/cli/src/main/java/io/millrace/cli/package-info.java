// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code millrace} command: runs a job in a node of its own process, shows a job's plan, and the demo. Entry type
 * {@link io.millrace.cli.MillraceCli}. What a job prints goes to standard output, what Millrace says about it to
 * standard error.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;

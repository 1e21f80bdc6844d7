// SPDX-License-Identifier: Apache-2.0
/**
 * Sinks: the writer of a subtask, and for sinks in two phases the queue of what waits to be committed. Confined to the
 * subtask, but for commits, which run on IO threads.
 */
@NullMarked
package io.millrace.operators.sink;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The checkpoint protocol as plain state and decisions: when a checkpoint begins, when it is complete, when it is
 * aborted, which completed ones are kept, and which stored files nobody needs any more. No clock, no thread, no IO:
 * times come in as arguments, what is to be done goes out as results.
 *
 * <p>Entry types: {@link io.millrace.checkpoint.coordination.CheckpointCoordination}, confined to the actor that owns
 * it, and the pure {@link io.millrace.checkpoint.coordination.CheckpointRetention}.
 */
@NullMarked
package io.millrace.checkpoint.coordination;

import org.jspecify.annotations.NullMarked;

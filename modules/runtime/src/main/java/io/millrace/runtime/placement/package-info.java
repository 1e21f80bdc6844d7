// SPDX-License-Identifier: Apache-2.0
/**
 * Where subtasks run: a shard is a slot of a node, and is never moved. Placing a subtask is choosing a shard.
 */
@NullMarked
package io.millrace.runtime.placement;

import org.jspecify.annotations.NullMarked;

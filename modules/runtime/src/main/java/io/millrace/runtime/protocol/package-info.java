// SPDX-License-Identifier: Apache-2.0
/**
 * The messages between coordinator and subtasks, and between subtasks. Plain values without references to actors: the
 * shells resolve who is meant. Everything carries the epoch it belongs to.
 */
@NullMarked
package io.millrace.runtime.protocol;

import org.jspecify.annotations.NullMarked;

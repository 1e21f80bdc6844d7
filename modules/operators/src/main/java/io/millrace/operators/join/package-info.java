// SPDX-License-Identifier: Apache-2.0
/**
 * Joins of two keyed streams. Confined to their subtasks.
 */
@NullMarked
package io.millrace.operators.join;

import org.jspecify.annotations.NullMarked;

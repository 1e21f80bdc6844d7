// SPDX-License-Identifier: Apache-2.0
/**
 * The operators that run user functions, but for windows; {@link io.millrace.operators.builtin.OperatorFactory} makes
 * them. Operators are confined to their subtask.
 */
@NullMarked
package io.millrace.operators.builtin;

import org.jspecify.annotations.NullMarked;

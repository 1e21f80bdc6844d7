// SPDX-License-Identifier: Apache-2.0
/**
 * The operators that run user functions and windows; {@link io.millrace.operators.builtin.Operators} makes the
 * operator of every kind of specification. Operators are confined to their subtask.
 */
@NullMarked
package io.millrace.operators.builtin;

import org.jspecify.annotations.NullMarked;

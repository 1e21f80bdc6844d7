// SPDX-License-Identifier: Apache-2.0
/**
 * The operators of windows; {@link io.millrace.operators.window.WindowOperators} picks the one for a specification.
 * Confined to their subtask.
 */
@NullMarked
package io.millrace.operators.window;

import org.jspecify.annotations.NullMarked;

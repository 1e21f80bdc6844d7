// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the operator of every kind of specification, from the packages that have them: see
 * {@link io.millrace.operators.assembly.Operators}.
 */
@NullMarked
package io.millrace.operators.assembly;

import org.jspecify.annotations.NullMarked;

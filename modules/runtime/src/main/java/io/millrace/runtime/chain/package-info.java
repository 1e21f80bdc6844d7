// SPDX-License-Identifier: Apache-2.0
/** Hosts a chain of operators in one subtask: one call stack from the head to the outputs. */
@NullMarked
package io.millrace.runtime.chain;

import org.jspecify.annotations.NullMarked;

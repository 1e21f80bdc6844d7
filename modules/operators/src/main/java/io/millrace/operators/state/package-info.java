// SPDX-License-Identifier: Apache-2.0
/**
 * State of an operator in one subtask that belongs to no key: lists and broadcast maps. Entry type {@link
 * io.millrace.operators.state.OperatorStates}; all types are confined to the subtask, but for what a snapshot has taken.
 */
@NullMarked
package io.millrace.operators.state;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * One subtask: {@link io.millrace.runtime.subtask.SubtaskMachine} is the protocol, pure but for its ports;
 * {@link io.millrace.runtime.subtask.SubtaskActor} the thin shell around it.
 */
@NullMarked
package io.millrace.runtime.subtask;

import org.jspecify.annotations.NullMarked;

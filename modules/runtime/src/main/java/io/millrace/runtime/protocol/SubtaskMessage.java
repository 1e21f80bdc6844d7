// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** Marks what a subtask's mailbox takes. */
public interface SubtaskMessage {}

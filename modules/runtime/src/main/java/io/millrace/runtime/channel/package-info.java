// SPDX-License-Identifier: Apache-2.0
/**
 * The two ends of a subtask: the input gate, and the outputs that spread records over channels. Pure; the shells carry
 * what they send.
 */
@NullMarked
package io.millrace.runtime.channel;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Keyed and operator state of a subtask: the backend SPI, timers, and the one snapshot format of sorted runs.
 */
@NullMarked
package io.millrace.state;

import org.jspecify.annotations.NullMarked;

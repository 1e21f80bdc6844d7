// SPDX-License-Identifier: Apache-2.0
/**
 * The sink SPI: a writer in every subtask, and for exactly-once output committers that make a checkpoint's output
 * visible after the checkpoint is complete. Connectors implement it.
 */
@NullMarked
package io.millrace.api.sink;

import org.jspecify.annotations.NullMarked;

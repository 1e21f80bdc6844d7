// SPDX-License-Identifier: Apache-2.0
/**
 * The source SPI: a split enumerator finds splits and assigns them, readers read them. Connectors implement it; the
 * engine keeps positions, enumerator state and watermarks in checkpoints.
 */
@NullMarked
package io.millrace.api.source;

import org.jspecify.annotations.NullMarked;

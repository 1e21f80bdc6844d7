// SPDX-License-Identifier: Apache-2.0
/**
 * Sources: the enumerator, a vertex of its own of parallelism one, and the readers that pull records in and keep a
 * watermark for each split. Confined to their subtasks.
 */
@NullMarked
package io.millrace.operators.source;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Asynchronous calls: records that are in flight, the order in which what becomes of them goes on, attempts and
 * deadlines. Entry: {@link io.millrace.operators.async.AsyncCalls}. Confined to the subtask, but for the outcomes that
 * other threads bring.
 */
@NullMarked
package io.millrace.operators.async;

import org.jspecify.annotations.NullMarked;

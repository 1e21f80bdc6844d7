// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

/**
 * Names an entry of a window's map.
 *
 * @param key of the entry in the map
 */
record WindowEntry<W, K>(W window, K key) {}

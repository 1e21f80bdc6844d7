// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

/**
 * A window that came of merging.
 *
 * @param held the window under which the contents are kept: that of the first record, so that they stay where they are as
 *     the window grows
 */
record MergedWindow<W>(W window, W held) {}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

/** Belongs to a key group. */
interface Grouped {
    int keyGroup();
}

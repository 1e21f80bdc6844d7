// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import org.jspecify.annotations.Nullable;

/**
 * Says which records wait for which: those of one lane go on in the order in which they came, lanes do not wait for each
 * other. Confined to the subtask.
 */
interface Lanes {
    void enter(AsyncCall call) throws Exception;

    /** True when nothing in its lane is before the record. */
    boolean isFirst(AsyncCall call) throws Exception;

    /** Takes the first of a lane out; answers the one that is first now, or null. */
    @Nullable
    AsyncCall leave(AsyncCall call) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

/** How the records of a session become one value. */
abstract class SessionFold {
    /** What a session of one record holds. */
    abstract Object first(Object record);

    /** What it holds with one more; may change {@code held}. */
    abstract Object add(Object held, Object record) throws Exception;

    /** What two sessions hold together, the earlier on the left; may change both. */
    abstract Object merge(Object left, Object right) throws Exception;

    /** What the session hands to its function. */
    abstract Object result(Object held);
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import java.util.List;

/** What the windows of the current key hold until they fire. */
abstract class WindowContents<W> {
    static final String STATE = "_window";

    /** Adds a record; true when the window held nothing before. */
    abstract boolean add(W window, Object record) throws Exception;

    /** What the window hands to its function: its records in order of arrival, or its one aggregate. */
    abstract List<Object> read(W window) throws Exception;

    abstract void remove(W window);

    /** Adds what one window holds to another, and takes it away there; what the other holds comes first. */
    abstract void merge(W target, W source) throws Exception;
}

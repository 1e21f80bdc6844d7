// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.Stable;

/** Makes a line of a record. */
@Stable
@FunctionalInterface
public interface LineFormat<T> {
    /**
     * @param record never null
     * @return the line without a line end; one that holds a newline becomes more than one line
     */
    String format(T record) throws Exception;
}

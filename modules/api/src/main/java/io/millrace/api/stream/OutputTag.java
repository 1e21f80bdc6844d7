// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;

/**
 * Names a side output and its type.
 *
 * @param name unique among the side outputs of its operator
 */
@Stable
public record OutputTag<T>(String name, TypeHint<T> type) {
    public OutputTag(String name, Class<T> type) {
        this(name, TypeHint.of(type));
    }
}

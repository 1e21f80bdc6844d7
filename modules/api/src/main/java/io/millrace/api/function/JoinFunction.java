// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;
import org.jspecify.annotations.Nullable;

/** Makes one result of a pair of records of two streams. */
@Stable
@FunctionalInterface
public interface JoinFunction<L, R, O> extends RichFunction {
    /**
     * @param left the left record; null only in right and full outer joins, where the right record has no partner
     * @param right the right record; null only in left and full outer joins, where the left record has no partner
     * @return the result, never null
     */
    O join(@Nullable L left, @Nullable R right) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Stable;

/** Takes the key from a record; deterministic, and never null. */
@Stable
@FunctionalInterface
public interface KeySelector<T, K> {
    K getKey(T record) throws Exception;
}

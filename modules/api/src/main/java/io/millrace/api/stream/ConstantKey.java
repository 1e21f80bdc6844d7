// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.KeySelector;

/** The key of streams without one. */
final class ConstantKey<T> implements KeySelector<T, String> {
    @Override
    public String getKey(T record) {
        return "";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.window;

import io.millrace.api.Stable;

/** Says how far one record is from another. */
@Stable
@FunctionalInterface
public interface DeltaFunction<T> {
    double delta(T from, T to) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.function;

import io.millrace.api.Internal;

/** A function of the engine around one of the user's, whose class is part of the job's fingerprint. */
@Internal
public interface WrappedFunction {
    Object wrapped();
}

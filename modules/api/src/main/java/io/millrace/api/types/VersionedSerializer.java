// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.types;

import io.millrace.api.Stable;
import java.io.IOException;

/**
 * Turns small engine-side values (splits, enumerator state, committables) into bytes and back, with a version of its
 * own so that old checkpoints stay readable. Stateless and thread-safe.
 *
 * @param <T> the value's type
 */
@Stable
public interface VersionedSerializer<T> {
    /** The version that {@link #serialize} writes, at least 1. */
    int version();

    byte[] serialize(T value) throws IOException;

    /**
     * Reads what this or an older version wrote.
     *
     * @throws IOException when the version is unknown or the bytes are not of this form
     */
    T deserialize(int version, byte[] bytes) throws IOException;
}

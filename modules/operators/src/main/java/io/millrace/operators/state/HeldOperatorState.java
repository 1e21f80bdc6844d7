// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.serialization.ByteReader;

/**
 * An operator state that was declared.
 *
 * <p>What cannot change by itself is shared with a snapshot until the state changes, and copied then; what can is copied
 * at the barrier, for who has read it may change it at any time.
 */
interface HeldOperatorState {
    OperatorStateMeta meta();

    /** The state as of now. */
    FrozenOperatorState freeze();

    /**
     * Adds what was written.
     *
     * @throws io.millrace.serialization.CodecException when it cannot be read
     */
    void restore(ByteReader content);
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/** Makes keyed state; where and how it is held is the implementation's. Thread-safe. */
public interface StateBackend {
    /** As in the configuration's {@code millrace.state.backend}. */
    String name();

    /** Empty state for one keyed operator in one subtask. */
    KeyedStateBackend create(KeyedStateSettings settings);
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/**
 * What a run says of a state.
 *
 * @param name unique in the operator
 * @param kind value, list or timers
 * @param keyCodec see {@link io.millrace.serialization.Codec#describe()}
 * @param namespaceCodec the same
 * @param valueCodec the same; of the elements, for lists
 */
public record StateMeta(String name, Kind kind, String keyCodec, String namespaceCodec, String valueCodec) {
    public enum Kind {
        VALUE,
        LIST,
        TIMERS
    }
}

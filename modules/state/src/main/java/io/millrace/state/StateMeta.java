// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/**
 * What a run says of a state.
 *
 * @param name unique in the operator
 * @param kind what an entry is part of
 * @param keyCodec see {@link io.millrace.serialization.Codec#describe()}
 * @param namespaceCodec the same
 * @param valueCodec the same; of the elements, for lists; of the accumulators, for aggregates
 */
public record StateMeta(String name, Kind kind, String keyCodec, String namespaceCodec, String valueCodec) {
    public enum Kind {
        VALUE,
        LIST,
        TIMERS,
        /** An entry of a map is an entry of the run; its key is the namespace. */
        MAP,
        REDUCING,
        AGGREGATING
    }
}

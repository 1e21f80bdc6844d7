// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.function.KeySelector;
import io.millrace.operators.source.SplitAssignment;
import io.millrace.plan.KeyGroups;
import io.millrace.serialization.KeyCodec;

/** Picks the channel of a record on one edge. Confined to one subtask. */
abstract class Router {
    /** Every channel. */
    static final int ALL = -1;

    /** Number of the channel within the edge, or {@link #ALL}. */
    abstract int route(Object record) throws Exception;

    /** The hash of the key of the record that was routed last; 0 on edges without keys. */
    int keyHash() {
        return 0;
    }

    static final class First extends Router {
        @Override
        int route(Object record) {
            return 0;
        }
    }

    static final class Everywhere extends Router {
        @Override
        int route(Object record) {
            return ALL;
        }
    }

    static final class RoundRobin extends Router {
        private final int channels;
        private int next;

        RoundRobin(int channels, int start) {
            this.channels = channels;
            this.next = start % channels;
        }

        @Override
        int route(Object record) {
            int picked = next;
            next = picked + 1 == channels ? 0 : picked + 1;
            return picked;
        }
    }

    static final class Assigned extends Router {
        @Override
        int route(Object record) {
            return ((SplitAssignment) record).subtaskIndex();
        }
    }

    static final class Hash extends Router {
        private final KeySelector<Object, Object> selector;
        private final KeyCodec<Object> codec;
        private final int maxParallelism;
        private final int[] owners;
        private int keyHash;

        Hash(KeySelector<Object, Object> selector, KeyCodec<Object> codec, int maxParallelism, int channels) {
            this.selector = selector;
            this.codec = codec;
            this.maxParallelism = maxParallelism;
            this.owners = new int[maxParallelism];
            for (int group = 0; group < maxParallelism; group++) {
                owners[group] = KeyGroups.ownerOf(group, maxParallelism, channels);
            }
        }

        @Override
        int route(Object record) throws Exception {
            Object key = selector.getKey(record);
            if (key == null) {
                throw new IllegalArgumentException("The key selector answered null. Give every record a key, or filter"
                        + " records without one before keyBy().");
            }
            keyHash = codec.hash(key);
            return owners[KeyGroups.ofHash(keyHash, maxParallelism)];
        }

        @Override
        int keyHash() {
            return keyHash;
        }
    }
}

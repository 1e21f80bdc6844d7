// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.KeySelector;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/** The rule that picks the channel of a record. */
@Internal
public sealed interface Partitioning {
    /** A lower-case word for plans and fingerprints. */
    String label();

    /** Subtask i to subtask i; becomes {@link Rebalance} between vertices of different parallelism. */
    record Forward() implements Partitioning {
        @Override
        public String label() {
            return "forward";
        }
    }

    /** Round robin. */
    record Rebalance() implements Partitioning {
        @Override
        public String label() {
            return "rebalance";
        }
    }

    /** Every record to every subtask. */
    record Broadcast() implements Partitioning {
        @Override
        public String label() {
            return "broadcast";
        }
    }

    /**
     * By the key group of the record's key.
     *
     * @param selector user code that takes the key from a record
     * @param keyType the key's type, or null where it was not declared: then the first key's class decides
     */
    record Hash(KeySelector<?, ?> selector, @Nullable TypeHint<?> keyType) implements Partitioning {
        @Override
        public String label() {
            return "hash";
        }
    }
}

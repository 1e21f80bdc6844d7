// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.KeySelector;
import io.millrace.api.function.Partitioner;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/** The rule that picks the channel of a record. */
@Internal
public sealed interface Partitioning {
    /** A lower-case word for plans and fingerprints. */
    String label();

    /**
     * Subtask i to subtask i.
     *
     * @param required true where the job asks for it, so that different parallelisms are an error; else it becomes
     *     {@link Rebalance} between these
     */
    record Forward(boolean required) implements Partitioning {
        /** What is used where the job asks for nothing. */
        public Forward() {
            this(false);
        }

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

    /** Round robin among receivers that stand side by side; each sender has its own few of them, or shares one. */
    record Rescale() implements Partitioning {
        @Override
        public String label() {
            return "rescale";
        }
    }

    /** Uniformly at random. */
    record Shuffle() implements Partitioning {
        @Override
        public String label() {
            return "shuffle";
        }
    }

    /** Every record to subtask 0. */
    record Global() implements Partitioning {
        @Override
        public String label() {
            return "global";
        }
    }

    /**
     * By user code.
     *
     * @param partitioner picks the subtask
     * @param selector takes from a record what the partitioner decides by
     */
    record Custom(Partitioner<?> partitioner, KeySelector<?, ?> selector) implements Partitioning {
        @Override
        public String label() {
            return "custom";
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

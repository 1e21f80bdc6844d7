// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.function.KeySelector;
import io.millrace.api.types.TypeHint;
import org.jspecify.annotations.Nullable;

/**
 * Two streams that are to be joined in windows, waiting for their keys: {@code a.join(b).where(..).equalTo(..)}. The same
 * as {@link KeyedStream#join} of two keyed streams.
 */
@Stable
public final class JoinedStreams<L, R> {
    private final DataStream<L> left;
    private final DataStream<R> right;

    JoinedStreams(DataStream<L> left, DataStream<R> right) {
        this.left = left;
        this.right = right;
    }

    /** The key of the left records. */
    public <K> Where<K> where(KeySelector<? super L, K> selector, Class<K> keyType) {
        return new Where<>(selector, TypeHint.of(keyType));
    }

    /** The same, with the key's type taken from the first key. */
    public <K> Where<K> where(KeySelector<? super L, K> selector) {
        return new Where<>(selector, null);
    }

    /** Waiting for the key of the right records. */
    @Stable
    public final class Where<K> {
        private final KeySelector<? super L, K> selector;
        private final @Nullable TypeHint<K> keyType;

        private Where(KeySelector<? super L, K> selector, @Nullable TypeHint<K> keyType) {
            this.selector = selector;
            this.keyType = keyType;
        }

        /** The key of the right records, which has to equal the left one's. */
        public Joinable<K, L, R> equalTo(KeySelector<? super R, K> rightSelector) {
            return new KeyedStream<>(left, selector, keyType).join(new KeyedStream<>(right, rightSelector, keyType));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.api.function.KeySelector;
import io.millrace.plan.Edge;
import io.millrace.runtime.flow.OutboundChannel;
import io.millrace.serialization.KeyCodec;

/** To the subtask that owns the key's group. The key's hash is computed here and travels with the record. */
final class HashEdge extends EdgeOutput {
    private final KeySelector<Object, Object> selector;
    private final KeyCodec<Object> codec;
    private final KeyGroupOwners owners;

    HashEdge(
            Edge edge,
            OutboundChannel[] channels,
            int batchSize,
            KeySelector<Object, Object> selector,
            KeyCodec<Object> codec,
            KeyGroupOwners owners) {
        super(edge, channels, batchSize);
        this.selector = selector;
        this.codec = codec;
        this.owners = owners;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        Object key = selector.getKey(record);
        if (key == null) {
            throw owners.withoutKey(record);
        }
        int hash = codec.hash(key);
        add(owners.ownerOf(hash), record, timestamp, hash);
    }
}

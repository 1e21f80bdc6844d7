// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map with the codecs of its keys and values; as {@link CollectionCodec} in all else. */
final class MapCodec implements Codec<Object> {
    private final Class<?> type;
    private final Codec<Object> key;
    private final Codec<Object> content;

    MapCodec(Class<?> declared, Codec<Object> key, Codec<Object> content) {
        this.type = Containers.concrete(declared);
        this.key = key;
        this.content = content;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        Containers.checkNaturalOrder(value);
        Map<?, ?> map = (Map<?, ?>) value;
        boolean nulls = containsNull(map);
        out.writeVarInt(map.size());
        out.writeByte(nulls ? 1 : 0);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            CollectionCodec.writeNullable(entry.getKey(), nulls, key, out);
            CollectionCodec.writeNullable(entry.getValue(), nulls, content, out);
        }
    }

    private static boolean containsNull(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entry.getKey() == null || entry.getValue() == null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Object read(ByteReader in) {
        int count = in.readLength();
        boolean nulls = ValueCodecs.readFlag(in);
        try {
            Map<@Nullable Object, @Nullable Object> map = Containers.newMap(type, count);
            for (int i = 0; i < count; i++) {
                Object mapKey = CollectionCodec.readNullable(nulls, key, in);
                map.put(mapKey, CollectionCodec.readNullable(nulls, content, in));
            }
            return map;
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw CollectionCodec.refused(type, e);
        }
    }

    @Override
    public Object copy(Object value) {
        Containers.checkNaturalOrder(value);
        Map<?, ?> map = (Map<?, ?>) value;
        Map<@Nullable Object, @Nullable Object> copies = Containers.newMap(type, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object mapKey = entry.getKey();
            Object mapValue = entry.getValue();
            copies.put(mapKey == null ? null : key.copy(mapKey), mapValue == null ? null : content.copy(mapValue));
        }
        return copies;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<Object> duplicate() {
        return new MapCodec(type, key.duplicate(), content.duplicate());
    }

    @Override
    public String describe() {
        return "map/1:" + type.getSimpleName() + "<" + key.describe() + "," + content.describe() + ">";
    }
}

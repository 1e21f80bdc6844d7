// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A collection with the codec of its elements. A count, a byte that says whether there are nulls, then the elements,
 * each with a byte before it if there are. What is read is of the declared class, or of the usual one for a declared
 * interface; it can always be changed, and so is copied.
 */
final class CollectionCodec implements Codec<Object> {
    private final Class<?> type;
    private final Codec<Object> element;

    CollectionCodec(Class<?> declared, Codec<Object> element) {
        this.type = Containers.concrete(declared);
        this.element = element;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        Containers.checkNaturalOrder(value);
        Collection<?> elements = (Collection<?>) value;
        boolean nulls = containsNull(elements);
        out.writeVarInt(elements.size());
        out.writeByte(nulls ? 1 : 0);
        for (Object each : elements) {
            writeNullable(each, nulls, element, out);
        }
    }

    private static boolean containsNull(Collection<?> elements) {
        for (Object each : elements) {
            if (each == null) {
                return true;
            }
        }
        return false;
    }

    static void writeNullable(@Nullable Object value, boolean nulls, Codec<Object> codec, ByteWriter out) {
        if (nulls) {
            out.writeByte(value == null ? 0 : 1);
        }
        if (value != null) {
            codec.write(value, out);
        }
    }

    static @Nullable Object readNullable(boolean nulls, Codec<Object> codec, ByteReader in) {
        return nulls && !ValueCodecs.readFlag(in) ? null : codec.read(in);
    }

    @Override
    public Object read(ByteReader in) {
        int count = in.readLength();
        boolean nulls = ValueCodecs.readFlag(in);
        try {
            Collection<@Nullable Object> elements = Containers.newCollection(type, count);
            for (int i = 0; i < count; i++) {
                elements.add(readNullable(nulls, element, in));
            }
            return elements;
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refused(type, e);
        }
    }

    /** A sorted set takes no null and nothing incomparable. */
    static CodecException refused(Class<?> type, RuntimeException cause) {
        return new CodecException(
                "Elements that a " + type.getName() + " refuses (" + cause + "): the bytes are damaged.", cause);
    }

    @Override
    public Object copy(Object value) {
        Containers.checkNaturalOrder(value);
        Collection<?> elements = (Collection<?>) value;
        Collection<@Nullable Object> copies = Containers.newCollection(type, elements.size());
        for (Object each : elements) {
            copies.add(each == null ? null : element.copy(each));
        }
        return copies;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<Object> duplicate() {
        return new CollectionCodec(type, element.duplicate());
    }

    @Override
    public String describe() {
        return "collection/1:" + type.getSimpleName() + "<" + element.describe() + ">";
    }
}

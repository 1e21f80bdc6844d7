// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;

/** A list as the number of its elements and these. */
final class ElementListCodec<T> implements Codec<ElementList<T>> {
    private final Codec<T> elementCodec;

    ElementListCodec(Codec<T> elementCodec) {
        this.elementCodec = elementCodec;
    }

    boolean elementsImmutable() {
        return elementCodec.isImmutable();
    }

    @Override
    public void write(ElementList<T> value, ByteWriter out) {
        int size = value.size();
        out.writeVarInt(size);
        for (int i = 0; i < size; i++) {
            elementCodec.write(value.get(i), out);
        }
    }

    @Override
    public ElementList<T> read(ByteReader in) {
        int size = in.readVarInt();
        if (size < 0) {
            throw new CodecException(
                    "A list has " + Integer.toUnsignedLong(size) + " elements: the bytes are damaged.");
        }
        // An element may take no byte, so the size may exceed the bytes that are left; what is allocated may not.
        ElementList<T> list = new ElementList<>(Math.min(size, in.remaining()), 0);
        for (int i = 0; i < size; i++) {
            list.append(elementCodec.read(in));
        }
        return list;
    }

    @Override
    public ElementList<T> copy(ElementList<T> value) {
        return copy(value, 0);
    }

    /** A copy that says which version it is made in. */
    ElementList<T> copy(ElementList<T> value, int version) {
        ElementList<T> copy = value.shallowCopy(version);
        if (!elementCodec.isImmutable()) {
            copy.mapInPlace(elementCodec::copy);
        }
        return copy;
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<ElementList<T>> duplicate() {
        return new ElementListCodec<>(elementCodec.duplicate());
    }

    /** The elements' alone: the kind of state says that there are many. */
    @Override
    public String describe() {
        return elementCodec.describe();
    }
}

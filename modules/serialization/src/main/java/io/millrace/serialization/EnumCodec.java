// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/** Writes an enum's constants by name. Has no state: any number of threads may share it. */
final class EnumCodec implements Codec<Object> {
    private final Class<?> type;
    private final EnumNames names;

    EnumCodec(Class<?> type) {
        this.type = type;
        this.names = new EnumNames(type);
    }

    @Override
    public void write(Object value, ByteWriter out) {
        byte[] name = names.nameOf(type.cast(value));
        out.writeVarInt(name.length);
        out.writeBytes(name, 0, name.length);
    }

    @Override
    public Object read(ByteReader in) {
        int length = in.readLength();
        Object constant = names.find(in.array(), in.position(), length);
        in.skip(length);
        return constant;
    }

    @Override
    public Object copy(Object value) {
        return value;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public Codec<Object> duplicate() {
        return this;
    }

    @Override
    public String describe() {
        return "enum/1:" + type.getName();
    }
}

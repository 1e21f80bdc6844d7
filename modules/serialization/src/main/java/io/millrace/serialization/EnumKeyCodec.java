// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import org.jspecify.annotations.Nullable;

/** An enum as a key: its constant's name, never its ordinal or hash code. Has no state. */
final class EnumKeyCodec implements KeyCodec<Object> {
    private final Class<?> type;
    private final Object[] constants;
    private final int[] hashes;

    EnumKeyCodec(Class<?> type) {
        this.type = type;
        this.constants = type.getEnumConstants();
        this.hashes = new int[constants.length];
        ByteWriter scratch = new ByteWriter();
        for (int i = 0; i < constants.length; i++) {
            hashes[i] = ScalarKeyCodec.hashBytes(this, constants[i], scratch);
        }
    }

    @Override
    public int hash(Object key) {
        return hashes[check(key).ordinal()];
    }

    private Enum<?> check(@Nullable Object key) {
        if (key == null) {
            throw KeyCodecs.isNull(type.getName());
        }
        return (Enum<?>) type.cast(key);
    }

    @Override
    public void write(Object key, ByteWriter out) {
        KeyText.write(check(key).name(), out);
    }

    @Override
    public Object read(ByteReader in) {
        String name = KeyText.read(in);
        for (Object constant : constants) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new CodecException("The enum " + type.getName() + " has no constant '"
                + name.substring(0, Math.min(name.length(), 200))
                + "': it was removed or renamed, or the bytes are damaged. Bring the constant back.");
    }

    @Override
    public Object copy(Object key) {
        return key;
    }

    @Override
    public boolean isImmutable() {
        return true;
    }

    @Override
    public KeyCodec<Object> duplicate() {
        return this;
    }

    @Override
    public String describe() {
        return "key-enum/1:" + type.getName();
    }
}

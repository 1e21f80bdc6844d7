// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a type that nobody declared: the first key's class decides, and all others must be of it. The class stands
 * before each key, a byte for the types without parts and a name for enums and records, so that a restored snapshot can
 * be read before the first key came. The hash leaves it out: it is that of the same key under a declared type, so that
 * to declare the type later moves no key to another key group.
 */
final class UndeclaredKeyCodec implements KeyCodec<Object> {
    private static final List<Class<?>> SCALARS =
            new ArrayList<>(KeyCodecs.all().keySet());
    private static final int NAMED = 0;

    private final ClassNames classNames;
    private @Nullable Class<?> type;
    private @Nullable KeyCodec<Object> codec;

    UndeclaredKeyCodec(ClassNames classNames) {
        this.classNames = classNames;
    }

    @Override
    public int hash(Object key) {
        return codecFor(key).hash(key);
    }

    private KeyCodec<Object> codecFor(Object key) {
        if (key == null) {
            throw KeyCodecs.isNull("key");
        }
        Class<?> found = key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
        KeyCodec<Object> decided = codec;
        if (decided == null) {
            decided = decide(found, KeyCodecs.of(ResolvedType.of(found)));
        } else if (found != type) {
            throw otherClass(found);
        }
        return decided;
    }

    private KeyCodec<Object> decide(Class<?> found, KeyCodec<Object> itsCodec) {
        type = found;
        codec = itsCodec;
        return itsCodec;
    }

    private CodecException otherClass(Class<?> found) {
        return new CodecException("The keys were " + (type == null ? "undecided" : type.getName()) + " so far, now one"
                + " is a " + found.getName() + ". Make all keys of one class; a key of several kinds is a record.");
    }

    @Override
    public void write(Object key, ByteWriter out) {
        KeyCodec<Object> decided = codecFor(key);
        int scalar = SCALARS.indexOf(type);
        out.writeByte(scalar + 1);
        if (scalar < 0 && type != null) {
            out.writeString(type.getName());
        }
        decided.write(key, out);
    }

    @Override
    public Object read(ByteReader in) {
        Class<?> found = readClass(in);
        KeyCodec<Object> decided = codec;
        if (decided != null && found != type) {
            throw otherClass(found);
        }
        KeyCodec<Object> itsCodec = decided != null ? decided : KeyCodecs.of(ResolvedType.of(found));
        Object key = itsCodec.read(in);
        // Only now: damaged bytes must not decide for the good ones that follow.
        if (decided == null) {
            decide(found, itsCodec);
        }
        return key;
    }

    private Class<?> readClass(ByteReader in) {
        int tag = in.readByte();
        if (tag < NAMED || tag > SCALARS.size()) {
            throw new CodecException("Expected the class of a key, found " + tag + ": the bytes are damaged.");
        }
        if (tag != NAMED) {
            return SCALARS.get(tag - 1);
        }
        String name = in.readString();
        return type != null && type.getName().equals(name) ? type : classNames.resolve(name);
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
        UndeclaredKeyCodec copy = new UndeclaredKeyCodec(classNames);
        copy.type = type;
        copy.codec = codec == null ? null : codec.duplicate();
        return copy;
    }

    @Override
    public String describe() {
        return "key-undeclared/1";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes each value's class before the value: for values whose type nobody declared. A class is inspected at its first
 * value. Types without parts and containers go by short names ({@code long}, {@code List}), all else by the name of the
 * class. Containers hold values that describe themselves, too.
 */
final class SelfDescribingCodec implements Codec<Object> {
    /** Containers within containers at most: damaged bytes must not exhaust the stack. */
    private static final int MAX_DEPTH = 100;

    /** Classes known at most; a job has few, and bytes of strangers must not fill the memory with Kryos. */
    private static final int MAX_CLASSES = 4096;

    private final ClassNames classNames;
    private final Function<Class<?>, Codec<Object>> codecOf;
    private final Map<Class<?>, Entry> byClass = new HashMap<>();
    private final Map<String, Entry> byName = new HashMap<>();
    private @Nullable Entry lastWritten;
    private @Nullable Entry lastRead;
    private int depth;

    /** A class with the bytes of its name and the codec of its values. */
    private record Entry(Class<?> type, byte[] name, Codec<Object> codec) {}

    SelfDescribingCodec(ClassNames classNames, Function<Class<?>, Codec<Object>> codecOf) {
        this.classNames = classNames;
        this.codecOf = codecOf;
        ValueCodecs.all().forEach((type, codec) -> {
            String name = codec.describe();
            add(type, name.substring(0, name.indexOf('/')), unchecked(codec));
        });
        Map<String, Class<?>> containers = new LinkedHashMap<>();
        Containers.collections().forEach(type -> containers.put(type.getSimpleName(), type));
        containers.forEach((name, type) -> add(type, name, new CollectionCodec(type, this)));
        Containers.maps().forEach(type -> add(type, type.getSimpleName(), new MapCodec(type, this, this)));
        add(Optional.class, "Optional", new OptionalCodec(this));
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> unchecked(Codec<?> codec) {
        return (Codec<Object>) codec;
    }

    private Entry add(Class<?> type, String name, Codec<Object> codec) {
        Entry entry = new Entry(type, name.getBytes(StandardCharsets.UTF_8), codec);
        byClass.put(type, entry);
        byName.put(name, entry);
        return entry;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        Entry entry = entryOf(value);
        out.writeVarInt(entry.name.length);
        out.writeBytes(entry.name, 0, entry.name.length);
        enter();
        try {
            entry.codec.write(value, out);
        } finally {
            depth--;
        }
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            depth--;
            throw new CodecException("A value is nested deeper than " + MAX_DEPTH
                    + " levels: it contains itself, or the bytes are damaged.");
        }
    }

    private Entry entryOf(Object value) {
        Entry last = lastWritten;
        if (last != null && last.type == value.getClass()) {
            return last;
        }
        Entry entry = byClass.get(value.getClass());
        if (entry == null) {
            entry = learn(value);
            byClass.put(value.getClass(), entry);
        }
        lastWritten = entry;
        return entry;
    }

    /** The entry of a class met for the first time, of the enum of a constant with a body, or of a stand-in. */
    private Entry learn(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        Class<?> standIn = value instanceof java.time.ZoneId ? java.time.ZoneId.class : mutableStandIn(type);
        Entry known = byClass.get(standIn == null ? type : standIn);
        if (known != null) {
            return known;
        }
        if (!classNames.isData(type)) {
            throw classNames.notData(type);
        }
        return add(type, type.getName(), codecOf.apply(type));
    }

    private static @Nullable Class<?> mutableStandIn(Class<?> type) {
        Class<?> standIn = Containers.standIn(type);
        if (standIn == Containers.IMMUTABLE_LIST) {
            return java.util.ArrayList.class;
        }
        if (standIn == Containers.IMMUTABLE_SET) {
            return java.util.LinkedHashSet.class;
        }
        return standIn == Containers.IMMUTABLE_MAP ? LinkedHashMap.class : standIn;
    }

    @Override
    public Object read(ByteReader in) {
        int length = in.readLength();
        Entry entry = entryAt(in.array(), in.position(), length);
        in.skip(length);
        enter();
        try {
            return entry.codec.read(in);
        } finally {
            depth--;
        }
    }

    private Entry entryAt(byte[] bytes, int offset, int length) {
        Entry last = lastRead;
        if (last != null && Arrays.equals(last.name, 0, last.name.length, bytes, offset, offset + length)) {
            return last;
        }
        String name = Utf8.decode(bytes, offset, length);
        Entry entry = byName.get(name);
        if (entry == null) {
            Class<?> type = classNames.resolve(name);
            if (byName.size() >= MAX_CLASSES) {
                throw new CodecException("More than " + MAX_CLASSES + " classes in one stream: declare its type.");
            }
            entry = add(type, name, codecOf.apply(type));
        }
        lastRead = entry;
        return entry;
    }

    @Override
    public Object copy(Object value) {
        Entry entry = entryOf(value);
        enter();
        try {
            return entry.codec.copy(value);
        } finally {
            depth--;
        }
    }

    @Override
    public boolean isImmutable() {
        return false;
    }

    @Override
    public Codec<Object> duplicate() {
        return new SelfDescribingCodec(classNames, codecOf);
    }

    @Override
    public String describe() {
        return "self-describing/1";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.reflect.RecordComponent;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A record as a key: the keys of its components, one after the other. A record whose {@code equals} was written by hand
 * must treat as equal what has equal components, and nothing else. This is the plain way, for records that are too long
 * for generated code; {@link KeyRecordClass} makes subclasses that write the same bytes.
 */
class RecordKeyCodec implements KeyCodec<Object> {
    /** A record that contains itself would need a null to end, and a key has none. */
    private static final int MAX_DEPTH = 32;

    private final Class<?> type;
    private final RecordAccess access;
    private final String[] names;
    private final KeyCodec<Object>[] parts;
    private final ByteWriter scratch = new ByteWriter();

    RecordKeyCodec(ResolvedType resolved, String path, int depth) {
        this.type = resolved.raw();
        if (depth > MAX_DEPTH) {
            throw KeyCodecs.refused(
                    path.substring(0, Math.min(path.length(), 200)), type.getName() + " contains itself");
        }
        this.access = RecordAccess.of(type);
        RecordComponent[] components = access.components();
        this.names = new String[components.length];
        this.parts = newArray(components.length);
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName();
            ResolvedType part = ResolvedType.of(components[i].getGenericType(), resolved.bindings());
            parts[i] = KeyCodecs.of(part, path + "." + names[i], depth + 1);
        }
    }

    RecordKeyCodec(RecordKeyCodec original) {
        this.type = original.type;
        this.access = original.access;
        this.names = original.names;
        this.parts = newArray(original.parts.length);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = original.parts[i].duplicate();
        }
    }

    /** The codec of a record by generated code where it suits. */
    static KeyCodec<Object> of(ResolvedType resolved, String path, int depth) {
        return KeyRecordClass.generatedFor(resolved.raw(), new RecordKeyCodec(resolved, path, depth));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static KeyCodec<Object>[] newArray(int length) {
        return new KeyCodec[length];
    }

    @Override
    public int hash(Object key) {
        return ScalarKeyCodec.hashBytes(this, key, scratch);
    }

    @Override
    public void write(Object key, ByteWriter out) {
        checkNotNull(key);
        Object checked = type.cast(key);
        for (int i = 0; i < parts.length; i++) {
            parts[i].write(present(access.get(checked, i), i), out);
        }
    }

    final void checkNotNull(@Nullable Object key) {
        if (key == null) {
            throw KeyCodecs.isNull(type.getName());
        }
    }

    final Object present(@Nullable Object part, int component) {
        if (part == null) {
            throw KeyCodecs.isNull(type.getSimpleName() + "." + names[component]);
        }
        return part;
    }

    final KeyCodec<Object> part(int component) {
        return parts[component];
    }

    final RuntimeException refused(Throwable problem) {
        return access.refused(problem);
    }

    @Override
    public Object read(ByteReader in) {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].read(in);
        }
        return access.create(values);
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
        return new RecordKeyCodec(this);
    }

    @Override
    public String describe() {
        StringJoiner layout = new StringJoiner(",", "key-record/1:" + type.getName() + "{", "}");
        for (int i = 0; i < parts.length; i++) {
            layout.add(names[i] + ":" + parts[i].describe());
        }
        return layout.toString();
    }
}

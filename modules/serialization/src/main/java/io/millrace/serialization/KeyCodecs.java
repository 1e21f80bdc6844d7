// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Finds the codecs of keys. The forms are part of every snapshot and of the way records take through a cluster: a form
 * never changes, a new one gets a new number.
 *
 * <p>All forms end by themselves, so that keys can be followed by other bytes, and compare as unsigned bytes the way the
 * keys compare: numbers are big-endian with the sign flipped, text ends with a byte lower than all others.
 */
final class KeyCodecs {
    private static final String ALLOWED =
            "A key is a String, Boolean, Character, Byte, Short, Integer, Long, an enum, a UUID, LocalDate,"
                    + " LocalDateTime or Instant, or a record of these without nulls.";

    /** By class, in the order of their tags in {@link UndeclaredKeyCodec}: new ones go to the end. */
    private static final Map<Class<?>, ScalarKeyCodec<?>> SCALARS = scalars();

    private KeyCodecs() {}

    static Map<Class<?>, ScalarKeyCodec<?>> all() {
        return SCALARS;
    }

    /**
     * @throws CodecException when the type or a part of it has no canonical bytes, with the path to it
     */
    static KeyCodec<Object> of(ResolvedType type) {
        return of(type, type.raw().getSimpleName(), 0);
    }

    @SuppressWarnings("unchecked")
    static KeyCodec<Object> of(ResolvedType type, String path, int depth) {
        Class<?> raw = ValueCodecs.boxed(type.raw());
        KeyCodec<?> scalar = SCALARS.get(raw);
        if (scalar != null) {
            return (KeyCodec<Object>) scalar.duplicate();
        }
        if (raw.isEnum()) {
            return new EnumKeyCodec(raw);
        }
        if (raw.isRecord()) {
            return RecordKeyCodec.of(type, path, depth);
        }
        throw refused(path, type.toString() + " cannot be a key or part of one");
    }

    static CodecException refused(String path, String why) {
        return new CodecException(path + ": " + why + ". " + ALLOWED);
    }

    static CodecException isNull(String path) {
        return refused(path, "null cannot be a key or part of one");
    }

    private static Map<Class<?>, ScalarKeyCodec<?>> scalars() {
        Map<Class<?>, ScalarKeyCodec<?>> all = new LinkedHashMap<>();
        put(all, String.class, new ScalarKeyCodec<>("key-string/1", KeyText::write, KeyText::read));
        put(
                all,
                Boolean.class,
                new ScalarKeyCodec<>(
                        "key-boolean/1", (k, out) -> KeyParts.write(k.booleanValue(), out), KeyParts::readBoolean));
        put(
                all,
                Character.class,
                new ScalarKeyCodec<>("key-char/1", (k, out) -> KeyParts.write(k.charValue(), out), KeyParts::readChar));
        put(
                all,
                Byte.class,
                new ScalarKeyCodec<>("key-byte/1", (k, out) -> KeyParts.write(k.byteValue(), out), KeyParts::readByte));
        put(
                all,
                Short.class,
                new ScalarKeyCodec<>(
                        "key-short/1", (k, out) -> KeyParts.write(k.shortValue(), out), KeyParts::readShort));
        put(
                all,
                Integer.class,
                new ScalarKeyCodec<>("key-int/1", (k, out) -> KeyParts.write(k.intValue(), out), KeyParts::readInt)
                        .withHash(k -> Murmur3.hashInt(k ^ Integer.MIN_VALUE)));
        put(
                all,
                Long.class,
                new ScalarKeyCodec<>("key-long/1", (k, out) -> KeyParts.write(k.longValue(), out), KeyParts::readLong)
                        .withHash(k -> Murmur3.hashLong(k ^ Long.MIN_VALUE)));
        put(
                all,
                UUID.class,
                new ScalarKeyCodec<>(
                        "key-uuid/1",
                        (k, out) -> {
                            out.writeLong(k.getMostSignificantBits());
                            out.writeLong(k.getLeastSignificantBits());
                        },
                        in -> new UUID(in.readLong(), in.readLong())));
        putTimes(all);
        return all;
    }

    private static void putTimes(Map<Class<?>, ScalarKeyCodec<?>> all) {
        put(all, LocalDate.class, new ScalarKeyCodec<>("key-localdate/1", KeyCodecs::writeDate, KeyCodecs::readDate));
        put(
                all,
                LocalDateTime.class,
                new ScalarKeyCodec<>(
                        "key-localdatetime/1",
                        (k, out) -> {
                            writeDate(k.toLocalDate(), out);
                            out.writeLong(k.toLocalTime().toNanoOfDay());
                        },
                        in -> LocalDateTime.of(readDate(in), LocalTime.ofNanoOfDay(in.readLong()))));
        put(
                all,
                Instant.class,
                new ScalarKeyCodec<>(
                        "key-instant/1",
                        (k, out) -> {
                            KeyParts.write(k.getEpochSecond(), out);
                            out.writeInt(k.getNano());
                        },
                        KeyCodecs::readInstant));
    }

    private static <K> void put(Map<Class<?>, ScalarKeyCodec<?>> all, Class<K> type, ScalarKeyCodec<K> codec) {
        all.put(type, codec);
    }

    private static void writeDate(LocalDate date, ByteWriter out) {
        KeyParts.write(date.getYear(), out);
        out.writeByte(date.getMonthValue());
        out.writeByte(date.getDayOfMonth());
    }

    private static LocalDate readDate(ByteReader in) {
        return LocalDate.of(KeyParts.readInt(in), in.readByte(), in.readByte());
    }

    private static Instant readInstant(ByteReader in) {
        long seconds = KeyParts.readLong(in);
        int nanos = in.readInt();
        if (nanos < 0 || nanos >= 1_000_000_000) {
            throw new CodecException("Expected the nanoseconds of an Instant, found " + nanos
                    + ": the bytes are damaged or of another type.");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }
}

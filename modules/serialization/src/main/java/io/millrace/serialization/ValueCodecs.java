// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of types that have no parts: boxed primitives, text, bytes, numbers and time. Their order here is part of
 * the format, for it gives their numbers inside records: new ones go to the end.
 */
final class ValueCodecs {
    private static final Map<Class<?>, LeafCodec<?>> LEAVES = leaves();

    private ValueCodecs() {}

    /** The codec of a class without parts, a primitive's being its box's, or null. */
    static @Nullable Codec<?> find(Class<?> type) {
        return LEAVES.get(boxed(type));
    }

    static boolean isLeaf(Class<?> type) {
        return LEAVES.containsKey(boxed(type));
    }

    /** All of them, in the order of their numbers. */
    static Map<Class<?>, LeafCodec<?>> all() {
        return LEAVES;
    }

    static Class<?> boxed(Class<?> type) {
        return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }

    private static Map<Class<?>, LeafCodec<?>> leaves() {
        Map<Class<?>, LeafCodec<?>> all = new LinkedHashMap<>();
        addBoxes(all);
        addNumbersAndIds(all);
        addTimes(all);
        addOptionals(all);
        return all;
    }

    private static void addBoxes(Map<Class<?>, LeafCodec<?>> all) {
        add(
                all,
                Boolean.class,
                LeafCodec.immutable("boolean/1", (v, out) -> out.writeByte(v ? 1 : 0), in -> readFlag(in)));
        add(all, Byte.class, LeafCodec.immutable("byte/1", (v, out) -> out.writeByte(v), ByteReader::readByte));
        add(all, Short.class, LeafCodec.immutable("short/1", (v, out) -> out.writeShort(v), in ->
                (short) in.readUnsignedShort()));
        add(all, Character.class, LeafCodec.immutable("char/1", (v, out) -> out.writeShort(v), in ->
                (char) in.readUnsignedShort()));
        add(all, Integer.class, LeafCodec.immutable("int/1", (v, out) -> out.writeInt(v), ByteReader::readInt));
        add(all, Long.class, LeafCodec.immutable("long/1", (v, out) -> out.writeLong(v), ByteReader::readLong));
        // Raw bits, so that even the payload of a NaN comes back.
        add(
                all,
                Float.class,
                LeafCodec.immutable(
                        "float/1",
                        (v, out) -> out.writeInt(Float.floatToRawIntBits(v)),
                        in -> Float.intBitsToFloat(in.readInt())));
        add(
                all,
                Double.class,
                LeafCodec.immutable(
                        "double/1",
                        (v, out) -> out.writeLong(Double.doubleToRawLongBits(v)),
                        in -> Double.longBitsToDouble(in.readLong())));
        add(all, String.class, LeafCodec.immutable("string/1", (v, out) -> out.writeString(v), ByteReader::readString));
        add(
                all,
                byte[].class,
                LeafCodec.mutable("bytes/1", ValueCodecs::writeBytes, ValueCodecs::readBytes, v -> v.clone()));
    }

    private static void addNumbersAndIds(Map<Class<?>, LeafCodec<?>> all) {
        add(
                all,
                BigInteger.class,
                LeafCodec.immutable(
                        "biginteger/1",
                        (v, out) -> writeBytes(v.toByteArray(), out),
                        in -> new BigInteger(readBytes(in))));
        add(
                all,
                BigDecimal.class,
                LeafCodec.immutable(
                        "bigdecimal/1",
                        (v, out) -> {
                            out.writeInt(v.scale());
                            writeBytes(v.unscaledValue().toByteArray(), out);
                        },
                        in -> {
                            int scale = in.readInt();
                            return new BigDecimal(new BigInteger(readBytes(in)), scale);
                        }));
        add(
                all,
                UUID.class,
                LeafCodec.immutable(
                        "uuid/1",
                        (v, out) -> {
                            out.writeLong(v.getMostSignificantBits());
                            out.writeLong(v.getLeastSignificantBits());
                        },
                        in -> new UUID(in.readLong(), in.readLong())));
    }

    private static void addTimes(Map<Class<?>, LeafCodec<?>> all) {
        add(all, Instant.class, LeafCodec.immutable("instant/1", TimeForms::writeInstant, TimeForms::readInstant));
        add(all, Duration.class, LeafCodec.immutable("duration/1", TimeForms::writeDuration, TimeForms::readDuration));
        add(all, LocalDate.class, LeafCodec.immutable("localdate/1", TimeForms::writeDate, TimeForms::readDate));
        add(all, LocalTime.class, LeafCodec.immutable("localtime/1", TimeForms::writeTime, TimeForms::readTime));
        add(
                all,
                LocalDateTime.class,
                LeafCodec.immutable("localdatetime/1", TimeForms::writeDateTime, TimeForms::readDateTime));
        add(
                all,
                OffsetDateTime.class,
                LeafCodec.immutable("offsetdatetime/1", TimeForms::writeOffsetDateTime, TimeForms::readOffsetDateTime));
        add(
                all,
                OffsetTime.class,
                LeafCodec.immutable("offsettime/1", TimeForms::writeOffsetTime, TimeForms::readOffsetTime));
        add(
                all,
                ZonedDateTime.class,
                LeafCodec.immutable("zoneddatetime/1", TimeForms::writeZonedDateTime, TimeForms::readZonedDateTime));
        add(all, ZoneOffset.class, LeafCodec.immutable("zoneoffset/1", TimeForms::writeOffset, TimeForms::readOffset));
        add(
                all,
                ZoneId.class,
                LeafCodec.immutable(
                        "zoneid/1", (v, out) -> out.writeString(v.getId()), in -> ZoneId.of(in.readString())));
        add(all, Period.class, LeafCodec.immutable("period/1", TimeForms::writePeriod, TimeForms::readPeriod));
        add(
                all,
                Year.class,
                LeafCodec.immutable("year/1", (v, out) -> out.writeInt(v.getValue()), in -> Year.of(in.readInt())));
        add(
                all,
                YearMonth.class,
                LeafCodec.immutable("yearmonth/1", TimeForms::writeYearMonth, TimeForms::readYearMonth));
    }

    private static void addOptionals(Map<Class<?>, LeafCodec<?>> all) {
        add(
                all,
                OptionalInt.class,
                LeafCodec.immutable(
                        "optionalint/1",
                        (v, out) -> {
                            out.writeByte(v.isPresent() ? 1 : 0);
                            v.ifPresent(out::writeInt);
                        },
                        in -> readFlag(in) ? OptionalInt.of(in.readInt()) : OptionalInt.empty()));
        add(
                all,
                OptionalLong.class,
                LeafCodec.immutable(
                        "optionallong/1",
                        (v, out) -> {
                            out.writeByte(v.isPresent() ? 1 : 0);
                            v.ifPresent(out::writeLong);
                        },
                        in -> readFlag(in) ? OptionalLong.of(in.readLong()) : OptionalLong.empty()));
        add(
                all,
                OptionalDouble.class,
                LeafCodec.immutable(
                        "optionaldouble/1",
                        (v, out) -> {
                            out.writeByte(v.isPresent() ? 1 : 0);
                            v.ifPresent(d -> out.writeLong(Double.doubleToRawLongBits(d)));
                        },
                        in -> readFlag(in)
                                ? OptionalDouble.of(Double.longBitsToDouble(in.readLong()))
                                : OptionalDouble.empty()));
    }

    private static <T> void add(Map<Class<?>, LeafCodec<?>> all, Class<T> type, LeafCodec<T> codec) {
        all.put(type, codec);
    }

    static boolean readFlag(ByteReader in) {
        byte flag = in.readByte();
        if (flag != 0 && flag != 1) {
            throw new CodecException("Expected 0 or 1, found " + flag + ": the bytes are damaged or of another type.");
        }
        return flag == 1;
    }

    private static void writeBytes(byte[] value, ByteWriter out) {
        out.writeVarInt(value.length);
        out.writeBytes(value, 0, value.length);
    }

    private static byte[] readBytes(ByteReader in) {
        return in.readBytes(in.readLength());
    }
}

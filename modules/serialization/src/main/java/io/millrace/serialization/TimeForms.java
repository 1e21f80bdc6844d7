// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** How values of {@code java.time} are written: the fields that define them, at fixed width. */
final class TimeForms {
    private TimeForms() {}

    static void writeInstant(Instant value, ByteWriter out) {
        out.writeLong(value.getEpochSecond());
        out.writeInt(value.getNano());
    }

    static Instant readInstant(ByteReader in) {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    static void writeDuration(Duration value, ByteWriter out) {
        out.writeLong(value.getSeconds());
        out.writeInt(value.getNano());
    }

    static Duration readDuration(ByteReader in) {
        return Duration.ofSeconds(in.readLong(), in.readInt());
    }

    static void writeDate(LocalDate value, ByteWriter out) {
        out.writeLong(value.toEpochDay());
    }

    static LocalDate readDate(ByteReader in) {
        return LocalDate.ofEpochDay(in.readLong());
    }

    static void writeTime(LocalTime value, ByteWriter out) {
        out.writeLong(value.toNanoOfDay());
    }

    static LocalTime readTime(ByteReader in) {
        return LocalTime.ofNanoOfDay(in.readLong());
    }

    static void writeDateTime(LocalDateTime value, ByteWriter out) {
        writeDate(value.toLocalDate(), out);
        writeTime(value.toLocalTime(), out);
    }

    static LocalDateTime readDateTime(ByteReader in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    static void writeOffset(ZoneOffset value, ByteWriter out) {
        out.writeInt(value.getTotalSeconds());
    }

    static ZoneOffset readOffset(ByteReader in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    static void writeOffsetDateTime(OffsetDateTime value, ByteWriter out) {
        writeDateTime(value.toLocalDateTime(), out);
        writeOffset(value.getOffset(), out);
    }

    static OffsetDateTime readOffsetDateTime(ByteReader in) {
        return OffsetDateTime.of(readDateTime(in), readOffset(in));
    }

    static void writeOffsetTime(OffsetTime value, ByteWriter out) {
        writeTime(value.toLocalTime(), out);
        writeOffset(value.getOffset(), out);
    }

    static OffsetTime readOffsetTime(ByteReader in) {
        return OffsetTime.of(readTime(in), readOffset(in));
    }

    static void writeZonedDateTime(ZonedDateTime value, ByteWriter out) {
        writeDateTime(value.toLocalDateTime(), out);
        writeOffset(value.getOffset(), out);
        out.writeString(value.getZone().getId());
    }

    static ZonedDateTime readZonedDateTime(ByteReader in) {
        // By the instant: a newer JDK may know other rules for the zone, and the point in time must stay what it was.
        return ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), ZoneId.of(in.readString()));
    }

    static void writePeriod(Period value, ByteWriter out) {
        out.writeInt(value.getYears());
        out.writeInt(value.getMonths());
        out.writeInt(value.getDays());
    }

    static Period readPeriod(ByteReader in) {
        return Period.of(in.readInt(), in.readInt(), in.readInt());
    }

    static void writeYearMonth(YearMonth value, ByteWriter out) {
        out.writeInt(value.getYear());
        out.writeByte(value.getMonthValue());
    }

    static YearMonth readYearMonth(ByteReader in) {
        return YearMonth.of(in.readInt(), in.readByte());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parser of a record component: a method handle from a {@link CsvRow} to a value of the component's type,
 * primitives unboxed. A parser throws {@link FieldException} for text that is not of the type.
 */
final class ColumnParsers {
    /** A field that does not parse; the decoder adds which text it holds. */
    static final class FieldException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int field;

        FieldException(int field, String expected) {
            super(expected, null, false, false);
            this.field = field;
        }

        int field() {
            return field;
        }
    }

    private static final int MINUTES_LENGTH = "2001-01-01T00:04".length();
    private static final int SECONDS_LENGTH = "2001-01-01T00:04:00".length();
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Map<Class<?>, Function<String, Object>> TEXT_PARSERS = Map.of(
            LocalDate.class, LocalDate::parse,
            Instant.class, Instant::parse,
            BigDecimal.class, BigDecimal::new);
    private static final Map<Class<?>, String> EXPECTED = Map.of(
            LocalDate.class, "an ISO date such as 2001-01-31",
            Instant.class, "an ISO instant such as 2001-01-31T23:55:00Z",
            BigDecimal.class, "a decimal number");

    private ColumnParsers() {}

    /**
     * @param type the component's type
     * @param field index of its column
     * @return a handle from {@link CsvRow} to {@code type}, or empty where the type is not supported
     */
    static Optional<MethodHandle> find(Class<?> type, int field) {
        Class<?> primitive = MethodType.methodType(type).unwrap().returnType();
        if (primitive.isPrimitive()) {
            MethodHandle handle = method(primitive.getName() + "Value", primitive, field);
            return Optional.of(type.isPrimitive() ? handle : emptyAsNull(handle, type, field));
        }
        if (type == String.class) {
            return Optional.of(bound(new StringColumn(field), String.class));
        }
        if (type == LocalDateTime.class) {
            return Optional.of(method("dateTime", LocalDateTime.class, field));
        }
        Function<String, Object> parser = type.isEnum() ? constantOf(type) : TEXT_PARSERS.get(type);
        String expected = type.isEnum() ? "a constant of " + type.getSimpleName() : EXPECTED.get(type);
        return parser == null || expected == null
                ? Optional.empty()
                : Optional.of(bound(new TextColumn(field, parser, expected), Object.class)
                        .asType(MethodType.methodType(type, CsvRow.class)));
    }

    /** A static method of this class that takes a row and a field. */
    private static MethodHandle method(String name, Class<?> result, int field) {
        try {
            MethodHandle handle = LOOKUP.findStatic(
                    ColumnParsers.class, name, MethodType.methodType(result, CsvRow.class, int.class));
            return MethodHandles.insertArguments(handle, 1, field);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No parser " + name, e);
        }
    }

    private static MethodHandle bound(Object column, Class<?> result) {
        try {
            return LOOKUP.bind(column, "parse", MethodType.methodType(result, CsvRow.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No parser in " + column.getClass(), e);
        }
    }

    private static MethodHandle emptyAsNull(MethodHandle parser, Class<?> boxed, int field) {
        MethodType type = MethodType.methodType(boxed, CsvRow.class);
        MethodHandle none = MethodHandles.dropArguments(MethodHandles.constant(boxed, null), 0, CsvRow.class);
        return MethodHandles.guardWithTest(method("empty", boolean.class, field), none, parser.asType(type));
    }

    private static Function<String, Object> constantOf(Class<?> type) {
        Map<String, Object> constants = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
        return text -> {
            Object constant = constants.get(text);
            if (constant == null) {
                throw new IllegalArgumentException(text);
            }
            return constant;
        };
    }

    private static boolean empty(CsvRow row, int field) {
        return row.isEmpty(field);
    }

    private static long longValue(CsvRow row, int field) {
        return wholeNumber(row, field, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    private static int intValue(CsvRow row, int field) {
        return (int) wholeNumber(row, field, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    private static short shortValue(CsvRow row, int field) {
        return (short) wholeNumber(row, field, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    private static byte byteValue(CsvRow row, int field) {
        return (byte) wholeNumber(row, field, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    /** Counts down from zero, as the lowest long has no positive twin. */
    private static long wholeNumber(CsvRow row, int field, long least, long most, String type) {
        byte[] bytes = row.bytes();
        int to = row.to(field);
        int at = row.from(field);
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (negative || bytes[at] == '+')) {
            at++;
        }
        boolean valid = at < to;
        long value = 0;
        while (valid && at < to) {
            int digit = bytes[at++] - '0';
            valid = digit >= 0 && digit <= 9 && value >= (Long.MIN_VALUE + digit) / 10;
            value = value * 10 - digit;
        }
        valid &= negative || value != Long.MIN_VALUE;
        long signed = negative ? value : -value;
        if (!valid || signed < least || signed > most) {
            throw new FieldException(field, "a whole number (" + type + ", from " + least + " to " + most + ")");
        }
        return signed;
    }

    private static double doubleValue(CsvRow row, int field) {
        try {
            return Double.parseDouble(row.lenientText(field));
        } catch (NumberFormatException e) {
            throw new FieldException(field, "a number (double)");
        }
    }

    private static float floatValue(CsvRow row, int field) {
        try {
            return Float.parseFloat(row.lenientText(field));
        } catch (NumberFormatException e) {
            throw new FieldException(field, "a number (float)");
        }
    }

    private static boolean booleanValue(CsvRow row, int field) {
        String text = row.lenientText(field);
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new FieldException(field, "true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    private static char charValue(CsvRow row, int field) {
        String text = row.lenientText(field);
        if (text.length() != 1) {
            throw new FieldException(field, "one character");
        }
        return text.charAt(0);
    }

    /** The usual lengths by hand, about ten times as fast as the JDK's parser, which does the others. */
    private static @Nullable LocalDateTime dateTime(CsvRow row, int field) {
        if (row.isEmpty(field)) {
            return null;
        }
        byte[] b = row.bytes();
        int at = row.from(field);
        int length = row.to(field) - at;
        try {
            if ((length == MINUTES_LENGTH || length == SECONDS_LENGTH) && looksLikeDateTime(b, at, length)) {
                int seconds = length == SECONDS_LENGTH ? twoDigits(b, at + 17) : 0;
                int year = twoDigits(b, at) * 100 + twoDigits(b, at + 2);
                return LocalDateTime.of(
                        year,
                        twoDigits(b, at + 5),
                        twoDigits(b, at + 8),
                        twoDigits(b, at + 11),
                        twoDigits(b, at + 14),
                        seconds);
            }
            return LocalDateTime.parse(row.lenientText(field));
        } catch (DateTimeException e) {
            throw new FieldException(field, "an ISO date and time such as 2001-01-31T23:55");
        }
    }

    private static boolean looksLikeDateTime(byte[] b, int at, int length) {
        return b[at + 4] == '-'
                && b[at + 7] == '-'
                && b[at + 10] == 'T'
                && b[at + 13] == ':'
                && (length == MINUTES_LENGTH || b[at + 16] == ':');
    }

    private static int twoDigits(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
            throw new DateTimeException("not digits");
        }
        return tens * 10 + ones;
    }

    /** What goes through a string; an empty field is null. */
    private static final class TextColumn {
        private final int field;
        private final Function<String, Object> parser;
        private final String expected;

        private TextColumn(int field, Function<String, Object> parser, String expected) {
            this.field = field;
            this.parser = parser;
            this.expected = expected;
        }

        @Nullable
        Object parse(CsvRow row) {
            if (row.isEmpty(field)) {
                return null;
            }
            try {
                return parser.apply(row.lenientText(field));
            } catch (DateTimeException | IllegalArgumentException e) {
                throw new FieldException(field, expected);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.connector.files.ColumnParsers.FieldException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CSV with a header line into records of a class: each component takes the column of its name. For a file's header one
 * method handle is put together, from a row to the record through the parsers of all components, so that nothing is
 * boxed or looked up for a row.
 */
final class CsvFormat<R> implements RecordFormat<R> {
    private final Class<R> recordClass;
    private final RecordComponent[] components;
    private final MethodHandle constructor;

    CsvFormat(Class<R> recordClass) {
        RecordComponent[] found = recordClass.getRecordComponents();
        if (found == null || found.length == 0) {
            throw new IllegalArgumentException(
                    "FileSource.csv reads into records with at least one component; " + recordClass.getName()
                            + " is none. Declare it as 'record', a component for each column you need.");
        }
        this.recordClass = recordClass;
        this.components = found;
        this.constructor = constructor(recordClass, found);
        for (RecordComponent component : found) {
            if (ColumnParsers.find(component.getType(), 0).isEmpty()) {
                throw new IllegalArgumentException("The component '" + component.getName() + "' of "
                        + recordClass.getName() + " has the type "
                        + component.getType().getName() + ", which a CSV column cannot fill. Use String, a primitive"
                        + " or its boxed type, LocalDateTime, LocalDate, Instant, BigDecimal or an enum.");
            }
        }
    }

    private static MethodHandle constructor(Class<?> recordClass, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(recordClass, MethodHandles.lookup())
                    .findConstructor(recordClass, MethodType.methodType(void.class, types));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The constructor of " + recordClass.getName() + " cannot be called. If the class is in a named"
                            + " module, open its package to the module of the file connector.",
                    e);
        }
    }

    @Override
    public boolean hasHeader() {
        return true;
    }

    @Override
    public LineDecoder<R> decoder(String path, @Nullable String header) throws IOException {
        List<String> columns = columns(path, header == null ? "" : header);
        MethodHandle[] parsers = new MethodHandle[components.length];
        for (int i = 0; i < components.length; i++) {
            int field = fieldOf(components[i], columns, path);
            Optional<MethodHandle> parser = ColumnParsers.find(components[i].getType(), field);
            parsers[i] = parser.orElseThrow();
        }
        // (a, b, ..) -> R becomes (row, row, ..) -> R, and then one row serves all.
        MethodHandle fromRows = MethodHandles.filterArguments(constructor, 0, parsers);
        MethodHandle fromRow = MethodHandles.permuteArguments(
                fromRows, MethodType.methodType(recordClass, CsvRow.class), new int[components.length]);
        return new Decoder<>(fromRow.asType(MethodType.methodType(Object.class, CsvRow.class)), recordClass, columns);
    }

    private List<String> columns(String path, String header) throws IOException {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        if (header.isBlank()) {
            throw new IOException("The file '" + path + "' has no header line. The first line of a CSV file names its"
                    + " columns; " + recordClass.getSimpleName() + " needs "
                    + Arrays.stream(components).map(RecordComponent::getName).toList() + ".");
        }
        try {
            return CsvRow.names(bytes, bytes.length);
        } catch (MalformedLineException e) {
            throw new IOException("File '" + path + "', line 1 (the header): " + e.getMessage(), e);
        }
    }

    private int fieldOf(RecordComponent component, List<String> columns, String path) throws IOException {
        int field = columns.indexOf(component.getName());
        if (field < 0) {
            throw new IOException("The file '" + path + "' has no column '" + component.getName() + "', which "
                    + recordClass.getSimpleName() + " needs; its header names the columns " + columns
                    + ". Add the column, or name the record's component as the column is named.");
        }
        if (field != columns.lastIndexOf(component.getName())) {
            throw new IOException("The header of the file '" + path + "' names the column '" + component.getName()
                    + "' more than once: " + columns + ". Give each column a name of its own.");
        }
        return field;
    }

    private static final class Decoder<R> implements LineDecoder<R> {
        private final MethodHandle fromRow;
        private final Class<R> recordClass;
        private final List<String> columns;
        private final CsvRow row = new CsvRow();

        private Decoder(MethodHandle fromRow, Class<R> recordClass, List<String> columns) {
            this.fromRow = fromRow;
            this.recordClass = recordClass;
            this.columns = columns;
        }

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable R decode(byte[] bytes, int from, int to) throws MalformedLineException {
            if (from == to && columns.size() > 1) {
                return null;
            }
            row.split(bytes, from, to);
            if (row.fields() != columns.size()) {
                throw new MalformedLineException("found " + row.fields() + " fields where the header names "
                        + columns.size() + " columns " + columns + ": '" + StrictText.shown(bytes, from, to) + "'");
            }
            try {
                return (R) (Object) fromRow.invokeExact(row);
            } catch (FieldException e) {
                int field = e.field();
                throw new MalformedLineException("column '" + columns.get(field) + "': expected " + e.getMessage()
                        + ", found '" + StrictText.shown(bytes, row.from(field), row.to(field)) + "'");
            } catch (Error e) {
                throw e;
            } catch (Throwable e) {
                throw new MalformedLineException("the constructor of " + recordClass.getSimpleName() + " refused '"
                        + StrictText.shown(bytes, from, to) + "': " + e);
            }
        }
    }
}

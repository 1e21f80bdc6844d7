// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a manifest, read strictly: each field must be there with the right type, and no other. Errors name
 * the file and the field with the way to it, such as {@code operators[2].runs[0].length}.
 */
final class ManifestFields {
    /** Makes a value of an object's fields. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ManifestFields fields) throws CorruptSnapshotException;
    }

    private final String file;
    private final String prefix;
    private final JsonNode node;
    private final Set<String> asked = new HashSet<>();

    private ManifestFields(String file, String prefix, JsonNode node) {
        this.file = file;
        this.prefix = prefix;
        this.node = node;
    }

    /** Reads a whole document; what a record's constructor refuses is an error of the file as well. */
    static <T> T readDocument(String file, JsonNode root, Reader<T> reader) throws CorruptSnapshotException {
        return readObject(file, "", root, reader);
    }

    private static <T> T readObject(String file, String path, JsonNode node, Reader<T> reader)
            throws CorruptSnapshotException {
        ManifestFields fields = new ManifestFields(file, path.isEmpty() ? "" : path + ".", node);
        if (!node.isObject()) {
            throw corrupt(file, path.isEmpty() ? "(document)" : path, "expected an object, found " + describe(node));
        }
        try {
            T value = reader.read(fields);
            fields.refuseOthers();
            return value;
        } catch (IllegalArgumentException e) {
            throw new CorruptSnapshotException(prefixOf(file) + fields.prefix + e.getMessage(), e);
        }
    }

    private void refuseOthers() throws CorruptSnapshotException {
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!asked.contains(name)) {
                throw corrupt(file, prefix + name, "expected no such field");
            }
        }
    }

    String text(String name) throws CorruptSnapshotException {
        return textOf(name, field(name));
    }

    int integer(String name) throws CorruptSnapshotException {
        JsonNode value = field(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw bad(name, "a whole number of 32 bits", value);
        }
        return value.intValue();
    }

    long number(String name) throws CorruptSnapshotException {
        return numberOf(name, field(name));
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) throws CorruptSnapshotException {
        return constantOf(name, field(name), type);
    }

    <E extends Enum<E>> List<E> constants(String name, Class<E> type) throws CorruptSnapshotException {
        List<E> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(constantOf(name + "[" + values.size() + "]", element, type));
        }
        return values;
    }

    private <E extends Enum<E>> E constantOf(String name, JsonNode value, Class<E> type)
            throws CorruptSnapshotException {
        for (E constant : type.getEnumConstants()) {
            if (value.isTextual() && constant.name().equals(value.textValue())) {
                return constant;
            }
        }
        throw bad(name, "one of " + List.of(type.getEnumConstants()), value);
    }

    <T> List<T> objects(String name, Reader<T> reader) throws CorruptSnapshotException {
        List<T> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(readObject(file, prefix + name + "[" + values.size() + "]", element, reader));
        }
        return values;
    }

    List<String> texts(String name) throws CorruptSnapshotException {
        List<String> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(textOf(name + "[" + values.size() + "]", element));
        }
        return values;
    }

    List<Long> numbers(String name) throws CorruptSnapshotException {
        List<Long> values = new ArrayList<>();
        for (JsonNode element : array(name)) {
            values.add(numberOf(name + "[" + values.size() + "]", element));
        }
        return values;
    }

    <T> Map<String, T> objectMap(String name, Reader<T> reader) throws CorruptSnapshotException {
        Map<String, T> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map(name).properties()) {
            values.put(
                    entry.getKey(), readObject(file, prefix + name + "." + entry.getKey(), entry.getValue(), reader));
        }
        return values;
    }

    Map<String, String> textMap(String name) throws CorruptSnapshotException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map(name).properties()) {
            values.put(entry.getKey(), textOf(name + "." + entry.getKey(), entry.getValue()));
        }
        return values;
    }

    private String textOf(String name, JsonNode value) throws CorruptSnapshotException {
        if (!value.isTextual()) {
            throw bad(name, "a text", value);
        }
        return value.textValue();
    }

    private long numberOf(String name, JsonNode value) throws CorruptSnapshotException {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw bad(name, "a whole number of 64 bits", value);
        }
        return value.longValue();
    }

    private JsonNode array(String name) throws CorruptSnapshotException {
        JsonNode value = field(name);
        if (!value.isArray()) {
            throw bad(name, "a list", value);
        }
        return value;
    }

    private JsonNode map(String name) throws CorruptSnapshotException {
        JsonNode value = field(name);
        if (!value.isObject()) {
            throw bad(name, "an object", value);
        }
        return value;
    }

    private JsonNode field(String name) throws CorruptSnapshotException {
        asked.add(name);
        @Nullable JsonNode value = node.get(name);
        if (value == null) {
            throw corrupt(file, prefix + name, "missing");
        }
        return value;
    }

    private CorruptSnapshotException bad(String name, String expected, JsonNode found) {
        return corrupt(file, prefix + name, "expected " + expected + ", found " + describe(found));
    }

    private static CorruptSnapshotException corrupt(String file, String field, String what) {
        return new CorruptSnapshotException(prefixOf(file) + field + ": " + what);
    }

    private static String prefixOf(String file) {
        return "Manifest " + file + " cannot be read: field ";
    }

    /** Containers by their type alone: they may be large. */
    private static String describe(JsonNode value) {
        return value.isContainerNode() ? value.getNodeType().name().toLowerCase(Locale.ROOT) : value.toString();
    }
}

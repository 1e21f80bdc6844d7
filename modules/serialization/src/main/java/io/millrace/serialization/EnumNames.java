// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The constants of an enum by the bytes of their names. Names, not ordinals: a constant may be added in the middle.
 * Immutable.
 */
final class EnumNames {
    private static final int SCAN_AT_MOST = 16;

    private final Class<?> type;
    private final Object[] constants;
    private final byte[][] names;
    private final Map<String, Object> byName = new HashMap<>();

    /**
     * @param type an enum, not the class of a constant with a body
     */
    EnumNames(Class<?> type) {
        this.type = type;
        this.constants = type.getEnumConstants();
        this.names = new byte[constants.length][];
        for (int i = 0; i < constants.length; i++) {
            String name = ((Enum<?>) constants[i]).name();
            names[i] = name.getBytes(StandardCharsets.UTF_8);
            byName.put(name, constants[i]);
        }
    }

    byte[] nameOf(Object constant) {
        return names[((Enum<?>) constant).ordinal()];
    }

    Object find(byte[] bytes, int offset, int length) {
        Object constant = constants.length <= SCAN_AT_MOST
                ? scan(bytes, offset, length)
                : byName.get(Utf8.decode(bytes, offset, length));
        if (constant == null) {
            throw new CodecException("The enum " + type.getName() + " has no constant '"
                    + Utf8.decode(bytes, offset, Math.min(length, 200))
                    + "': it was removed or renamed, or the bytes are damaged. Bring the constant back.");
        }
        return constant;
    }

    private @Nullable Object scan(byte[] bytes, int offset, int length) {
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], 0, names[i].length, bytes, offset, offset + length)) {
                return constants[i];
            }
        }
        return null;
    }
}

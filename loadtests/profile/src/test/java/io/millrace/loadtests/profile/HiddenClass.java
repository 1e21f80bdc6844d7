// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/** Defines a class again as a hidden one, under a name of choice: the entry of the constant pool that names it changes. */
final class HiddenClass {
    private HiddenClass() {}

    static Class<?> define(MethodHandles.Lookup lookup, Class<?> original, String suffix)
            throws IOException, IllegalAccessException {
        String resource = "/" + original.getName().replace('.', '/') + ".class";
        try (InputStream in = original.getResourceAsStream(resource)) {
            String name = original.getName().replace('.', '/');
            byte[] renamed = renamed(new DataInputStream(new ByteArrayInputStream(in.readAllBytes())), name, suffix);
            return lookup.defineHiddenClass(renamed, true).lookupClass();
        }
    }

    private static byte[] renamed(DataInputStream in, String name, String suffix) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        // Magic number and version.
        out.writeLong(in.readLong());
        int entries = in.readUnsignedShort();
        out.writeShort(entries);
        for (int i = 1; i < entries; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == 1) {
                String text = in.readUTF();
                out.writeUTF(text.equals(name) ? name + suffix : text);
            } else {
                out.write(in.readNBytes(size(tag)));
            }
            // A long or double takes two entries.
            i += tag == 5 || tag == 6 ? 1 : 0;
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }

    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IllegalArgumentException("Unknown tag " + tag + " in a constant pool.");
        };
    }
}

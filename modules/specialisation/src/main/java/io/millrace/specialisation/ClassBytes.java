// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import java.io.IOException;
import java.io.InputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** The bytes of a class that may be copied. Read and checked once a class. Immutable. */
final class ClassBytes {
    private static final int MAX_NAME_LENGTH = 60;
    private static final ClassValue<ClassBytes> LOADED = new ClassValue<>() {
        @Override
        protected ClassBytes computeValue(Class<?> type) {
            return load(type);
        }
    };

    private final String internalName;
    private final byte[] bytes;

    private ClassBytes(String internalName, byte[] bytes) {
        this.internalName = internalName;
        this.bytes = bytes;
    }

    static ClassBytes of(Class<?> type) {
        return LOADED.get(type);
    }

    /** The class under a name that tells the place; the JVM makes it unique. */
    byte[] renamed(String place) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(0);
        SimpleRemapper names = new SimpleRemapper(internalName, internalName + '$' + asIdentifier(place));
        reader.accept(new ClassRemapper(writer, names), 0);
        return writer.toByteArray();
    }

    private static String asIdentifier(String place) {
        StringBuilder name = new StringBuilder();
        place.codePoints()
                .limit(MAX_NAME_LENGTH)
                .map(c -> Character.isJavaIdentifierPart(c) ? c : '_')
                .forEach(name::appendCodePoint);
        return name.toString();
    }

    private static ClassBytes load(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        byte[] bytes;
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("The class file of " + type.getName()
                        + " cannot be found where the class comes from, so chains cannot be specialised. Set"
                        + " millrace.chain.specialise = off, or keep Millrace's class files in the application.");
            }
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalArgumentException("The class file of " + type.getName() + " cannot be read.", e);
        }
        CopyRules rules = new CopyRules(type);
        new ClassReader(bytes).accept(rules, ClassReader.SKIP_FRAMES);
        rules.requireKept();
        return new ClassBytes(Type.getInternalName(type), bytes);
    }
}

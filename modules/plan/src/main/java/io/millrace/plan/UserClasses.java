// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.JobDefinitionException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The bytes of the classes that a job brings along: its own class, its functions, sources, sinks and declared types,
 * each with its superclasses and with all classes nested in the same outermost class. A lambda has no class file; its
 * code stands in the class it was written in. The JDK's and the engine's classes are left out: nodes may run different
 * versions of these for a while.
 */
final class UserClasses {
    private static final String ENGINE = "io.millrace.";
    private static final String EXAMPLES = "io.millrace.examples.";
    private static final String NO_CLASS_FILE = "no class file";

    private final String jobClassName;
    private final Set<Class<?>> seen = new HashSet<>();
    private final Map<String, String> hashes = new TreeMap<>();

    UserClasses(Class<?> jobClass) {
        this.jobClassName = outermost(written(jobClass)).getName();
        add(jobClass);
    }

    /** Hashes by class name, sorted by it. */
    Map<String, String> hashes() {
        return hashes;
    }

    void addClassOf(Object function) {
        add(function.getClass());
    }

    /** Adds the classes that a type names. */
    void add(Type type) {
        if (type instanceof Class<?> named) {
            addNamed(named);
        } else if (type instanceof ParameterizedType parameterized) {
            add(parameterized.getRawType());
            List.of(parameterized.getActualTypeArguments()).forEach(this::add);
        } else if (type instanceof GenericArrayType array) {
            add(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            List.of(wildcard.getUpperBounds()).forEach(this::add);
        }
    }

    private void addNamed(Class<?> type) {
        if (type.isArray()) {
            addNamed(type.getComponentType());
            return;
        }
        Class<?> written = written(type);
        if (!seen.add(written) || isPlatform(written)) {
            return;
        }
        if (written.isHidden()) {
            // Made at run time, and its name differs from run to run behind the slash.
            hashes.put(
                    written.getName().replaceAll("/.*", ""),
                    new Digest().text(NO_CLASS_FILE).hex());
            return;
        }
        Class<?> outermost = outermost(written);
        if (isEngine(outermost.getName())) {
            return;
        }
        Set<Class<?>> family = new LinkedHashSet<>(List.of(outermost, written));
        family.addAll(nestMembers(outermost));
        family.forEach(member -> hashes.computeIfAbsent(member.getName(), name -> hashOf(member)));
        Class<?> superclass = written.getSuperclass();
        if (superclass != null) {
            addNamed(superclass);
        }
    }

    /** The class whose source holds a lambda, or the class itself. */
    private static Class<?> written(Class<?> type) {
        return type.isHidden() ? type.getNestHost() : type;
    }

    private static Class<?> outermost(Class<?> type) {
        try {
            Class<?> enclosing = type.getEnclosingClass();
            return enclosing == null ? type : outermost(enclosing);
        } catch (LinkageError e) {
            // Some compilers of other languages leave names here that Java does not understand.
            return type;
        }
    }

    /** Anonymous and local classes too, which {@link Class#getDeclaredClasses} does not name. */
    private static List<Class<?>> nestMembers(Class<?> outermost) {
        try {
            return List.of(outermost.getNestMembers());
        } catch (LinkageError e) {
            // A nested class needs something that is not on the class path, so it cannot be used either.
            return List.of(outermost);
        }
    }

    private static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private boolean isEngine(String name) {
        return name.startsWith(ENGINE) && !name.startsWith(EXAMPLES) && !name.equals(jobClassName);
    }

    private static String hashOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        try (InputStream in = loader.getResourceAsStream(file)) {
            Digest digest = new Digest();
            // Classes made at run time have no file: then their names are all that can be compared.
            return (in == null ? digest.text(NO_CLASS_FILE) : digest.bytes(in.readAllBytes())).hex();
        } catch (IOException e) {
            throw new JobDefinitionException(
                    "The class file " + file + " cannot be read, so the job's definitions cannot be compared: "
                            + e.getMessage() + ". Check the jar or folder it comes from.",
                    e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import io.millrace.api.StreamJob;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a job's class by its full name, or by its simple name where it is registered as a service. */
final class JobClasses {
    private final ClassLoader loader;

    private JobClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** Looks among the classes of {@code parent} and those of the jars. The jars stay open as long as the process. */
    static JobClasses in(List<Path> jars, ClassLoader parent) throws UsageException {
        if (jars.isEmpty()) {
            return new JobClasses(parent);
        }
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = checked(jars.get(i));
        }
        return new JobClasses(new URLClassLoader("job", urls, parent));
    }

    private static URL checked(Path jar) throws UsageException {
        if (!Files.isRegularFile(jar)) {
            throw new UsageException("--jar " + jar + " is not a file"
                    + (Files.isDirectory(jar) ? " but a directory." : ": nothing is there."));
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UsageException("--jar " + jar + " has no address a class loader understands.", e);
        } catch (IOException e) {
            throw new UsageException("--jar " + jar + " is not a jar that can be read: " + e.getMessage() + ".", e);
        }
    }

    /** The loader that knows the jobs, for what they load by name. */
    ClassLoader loader() {
        return loader;
    }

    /**
     * The class that {@code name} stands for.
     *
     * @param name a full name, or the simple name of a registered job; null takes the only one that the jars register
     */
    Class<? extends StreamJob> find(@Nullable String name) throws UsageException {
        List<Class<? extends StreamJob>> registered = registered();
        if (name == null) {
            return onlyOfTheJars(registered);
        }
        List<Class<? extends StreamJob>> matches = registered.stream()
                .filter(type ->
                        type.getName().equals(name) || type.getSimpleName().equals(name))
                .toList();
        if (matches.size() > 1) {
            throw new UsageException(
                    "Several jobs are called " + name + ": " + names(matches) + ". Give the full name of one.");
        }
        return runnable(matches.isEmpty() ? byName(name, registered) : matches.get(0));
    }

    private Class<? extends StreamJob> onlyOfTheJars(List<Class<? extends StreamJob>> registered)
            throws UsageException {
        List<Class<? extends StreamJob>> own = registered.stream()
                .filter(type -> type.getClassLoader() == loader && loader instanceof URLClassLoader)
                .toList();
        if (own.size() != 1) {
            throw new UsageException(
                    "Which job? Name its class with -c. Known are: " + names(own.isEmpty() ? registered : own) + ".");
        }
        return runnable(own.get(0));
    }

    private Class<?> byName(String name, List<Class<? extends StreamJob>> registered) throws UsageException {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new UsageException(
                    "There is no job class '" + name + "'. Known are: " + names(registered)
                            + ". Any other is given by its full name, with --jar FILE where it is not on the class path.",
                    e);
        } catch (LinkageError e) {
            throw new UsageException("The class " + name + " cannot be loaded: " + e + ".", e);
        }
    }

    private List<Class<? extends StreamJob>> registered() throws UsageException {
        try {
            return ServiceLoader.load(StreamJob.class, loader).stream()
                    .<Class<? extends StreamJob>>map(ServiceLoader.Provider::type)
                    .toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new UsageException(
                    "The jobs registered in META-INF/services/" + StreamJob.class.getName() + " cannot be listed: "
                            + e.getMessage() + ".",
                    e);
        }
    }

    private static Class<? extends StreamJob> runnable(Class<?> type) throws UsageException {
        if (!StreamJob.class.isAssignableFrom(type)) {
            throw new UsageException("The class " + type.getName() + " is not a job: it does not implement "
                    + StreamJob.class.getName() + ".");
        }
        boolean constructible = !type.isInterface() && !Modifier.isAbstract(type.getModifiers());
        try {
            constructible &= Modifier.isPublic(type.getModifiers())
                    && Modifier.isPublic(type.getConstructor().getModifiers());
        } catch (NoSuchMethodException e) {
            constructible = false;
        }
        if (!constructible) {
            throw new UsageException("The job class " + type.getName()
                    + " must be public, not abstract, and have a public constructor without parameters, because each"
                    + " subtask creates a job of its own. A nested class must be static, too.");
        }
        return type.asSubclass(StreamJob.class);
    }

    private static String names(List<Class<? extends StreamJob>> types) {
        if (types.isEmpty()) {
            return "none";
        }
        boolean simple = types.stream().map(Class::getSimpleName).distinct().count() == types.size();
        return types.stream()
                .map(type -> simple ? type.getSimpleName() : type.getName())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }
}

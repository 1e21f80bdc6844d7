// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobClassesTest {
    private static final ClassLoader HERE = JobClassesTest.class.getClassLoader();

    @TempDir
    Path dir;

    public abstract static class Unfinished implements StreamJob {}

    public static final class WithParameter implements StreamJob {
        public WithParameter(int ignored) {
            assertThat(ignored).isNotNegative();
        }

        @Override
        public void define(StreamEnvironment env) {}
    }

    public static final class Hidden implements StreamJob {
        Hidden() {}

        @Override
        public void define(StreamEnvironment env) {}
    }

    @Test
    void aRegisteredJobIsFoundByBothNames() throws Exception {
        JobClasses classes = JobClasses.in(List.of(), HERE);
        assertThat(classes.find("Doubling")).isEqualTo(Doubling.class);
        assertThat(classes.find(Doubling.class.getName())).isEqualTo(Doubling.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {Unfinished.class, WithParameter.class, Hidden.class})
    void aJobThatCannotBeConstructedIsRefused(Class<?> type) throws Exception {
        JobClasses classes = JobClasses.in(List.of(), HERE);
        assertThatThrownBy(() -> classes.find(type.getName()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(type.getName())
                .hasMessageContaining("public constructor without parameters");
    }

    @Test
    void aClassThatIsNoJobIsRefused() throws Exception {
        JobClasses classes = JobClasses.in(List.of(), HERE);
        assertThatThrownBy(() -> classes.find("java.lang.String"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("java.lang.String is not a job");
    }

    @Test
    void aJarsOnlyJobNeedsNoName() throws Exception {
        JobClasses classes = JobClasses.in(List.of(jar()), withoutTestClasses());
        Class<? extends StreamJob> type = classes.find(null);
        assertThat(type.getName()).isEqualTo(Doubling.class.getName());
        assertThat(type).isNotEqualTo(Doubling.class);
        assertThat(type.getClassLoader()).isEqualTo(classes.loader());
        assertThat(classes.find("Doubling")).isEqualTo(type);
    }

    @Test
    void jarsThatAreNoneAreNamed() throws Exception {
        Path text = Files.writeString(dir.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> JobClasses.in(List.of(text), HERE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(text.toString());
        assertThatThrownBy(() -> JobClasses.in(List.of(dir.resolve("none.jar")), HERE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("nothing is there");
        assertThatThrownBy(() -> JobClasses.in(List.of(dir), HERE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a directory");
    }

    @Test
    void aRegistrationOfNothingIsReadable() throws Exception {
        Path services = Files.createDirectories(dir.resolve("META-INF/services"));
        Files.writeString(services.resolve(StreamJob.class.getName()), "nowhere.Job\n");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()}, HERE)) {
            assertThatThrownBy(() -> JobClasses.in(List.of(), loader).find("Doubling"))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("nowhere.Job");
        }
    }

    private Path jar() throws IOException {
        Path jar = dir.resolve("job.jar");
        String type = Doubling.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream bytes = HERE.getResourceAsStream(type)) {
            out.putNextEntry(new JarEntry("META-INF/services/" + StreamJob.class.getName()));
            out.write(Doubling.class.getName().getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            out.putNextEntry(new JarEntry(type));
            bytes.transferTo(out);
            out.closeEntry();
        }
        return jar;
    }

    /** Knows the API alone, as the parent of a job's jar would if the job were not here. */
    private static ClassLoader withoutTestClasses() {
        return new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("io.millrace.api.")) {
                    return HERE.loadClass(name);
                }
                throw new ClassNotFoundException(name);
            }
        };
    }
}

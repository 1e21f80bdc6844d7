// SPDX-License-Identifier: Apache-2.0
package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can only be seen in the sources themselves: size, licence, null-safety, notes to oneself. */
class SourceFilesTest {
    private static final int LONGEST_FILE = 500;
    private static final int LONGEST_METHOD = 60;

    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0";
    private static final Pattern NOTE = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    /** The formatter puts a method's opening and closing brace at these indents, and nothing else looks like it. */
    private static final Pattern METHOD_START = Pattern.compile("^( {4}| {8})[^ /*@}].*\\) (throws .*)?\\{$");

    private static final Pattern OTHER_START = Pattern.compile(
            "^ *((static|public|private|protected|final|abstract|sealed|non-sealed) )*"
                    + "(class|record|enum|interface|@interface|if|for|while|switch|try|synchronized|else|return|do) ?.*");

    private final Path root = root();

    @Test
    void filesAreShort() {
        assertThat(javaFiles("main")).isNotEmpty();
        assertThat(filesWhere(file -> lines(file).size() > LONGEST_FILE, "main"))
                .isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(javaFiles("main").stream().flatMap(file -> longMethods(file).stream()))
                .isEmpty();
    }

    @Test
    void aLongMethodWouldBeSeen() {
        List<String> lines = new ArrayList<>(List.of("class A {", "    void longOne(int a) {"));
        lines.addAll(java.util.Collections.nCopies(LONGEST_METHOD, "        a++;"));
        lines.addAll(List.of("    }", "}"));
        assertThat(longMethods(Path.of("A.java"), lines))
                .singleElement()
                .asString()
                .contains("longOne");
        lines.remove(5);
        assertThat(longMethods(Path.of("A.java"), lines)).isEmpty();
    }

    @Test
    void everyFileNamesItsLicence() {
        assertThat(filesWhere(file -> !lines(file).get(0).equals(LICENCE), "main", "test"))
                .isEmpty();
    }

    @Test
    void everyPackageIsDescribedAndNullSafe() {
        Set<Path> packages = new TreeSet<>();
        javaFiles("main").forEach(file -> packages.add(file.getParent()));
        assertThat(packages.stream()
                        .map(folder -> folder.resolve("package-info.java"))
                        .filter(file -> !isDescription(file))
                        .map(root::relativize))
                .isEmpty();
    }

    @Test
    void nobodyLeavesNotes() {
        assertThat(filesWhere(
                        file -> lines(file).stream()
                                .anyMatch(line -> NOTE.matcher(line).find()),
                        "main"))
                .isEmpty();
    }

    private static boolean isDescription(Path file) {
        String text = Files.isRegularFile(file) ? String.join("\n", lines(file)) : "";
        return text.contains("@NullMarked") && text.contains("/**");
    }

    private List<Path> filesWhere(Predicate<Path> wrong, String... sourceSets) {
        return javaFiles(sourceSets).stream()
                .filter(wrong)
                .map(root::relativize)
                .toList();
    }

    private List<String> longMethods(Path file) {
        return longMethods(root.relativize(file), lines(file));
    }

    private static List<String> longMethods(Path file, List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int start = 0; start < lines.size(); start++) {
            String line = lines.get(start);
            if (!METHOD_START.matcher(line).matches()
                    || OTHER_START.matcher(line).matches()) {
                continue;
            }
            String end = " ".repeat(line.length() - line.stripLeading().length()) + "}";
            int last = start + 1;
            while (last < lines.size() && !lines.get(last).equals(end)) {
                last++;
            }
            // Without the lines of its braces.
            int length = last - start - 1;
            if (last < lines.size() && length >= LONGEST_METHOD) {
                found.add(file + ":" + (start + 1) + " has " + length + " lines: " + line.strip());
            }
        }
        return found;
    }

    private List<Path> javaFiles(String... sourceSets) {
        List<Path> files = new ArrayList<>();
        for (String sourceSet : sourceSets) {
            Path part = Path.of("src", sourceSet, "java");
            for (Path module : modules()) {
                files.addAll(walk(module.resolve(part)));
            }
        }
        return files;
    }

    private List<Path> modules() {
        try (Stream<Path> poms = Files.find(
                root, 4, (path, attributes) -> path.getFileName().toString().equals("pom.xml"))) {
            return poms.map(Path::getParent).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> walk(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maven and IDEs run tests in the module's folder or in the root's. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("LICENSE"))) {
            Path parent = folder.getParent();
            assertThat(parent).as("a folder above with a LICENSE").isNotNull();
            folder = parent;
        }
        return folder;
    }
}

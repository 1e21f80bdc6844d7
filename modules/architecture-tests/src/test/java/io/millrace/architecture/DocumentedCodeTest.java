// SPDX-License-Identifier: Apache-2.0
package io.millrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.JobArguments;
import io.millrace.api.StreamJob;
import io.millrace.runtime.JobHandle;
import io.millrace.runtime.JobOptions;
import io.millrace.runtime.Millrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;

/** Every Java block of the documentation stands, line for line, in a source that the build compiles. */
class DocumentedCodeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** What the README shows of embedding; compiled, not run. */
    static JobHandle embed(ActorSystem<?> system, Class<? extends StreamJob> WorstDelays, String... args) {
        JobHandle job =
                Millrace.get(system).submit("delays", WorstDelays, JobArguments.of(args), JobOptions.defaults());
        return job;
    }

    @Test
    void codeInDocumentsIsCompiled() {
        Path root = SourceFilesTest.root();
        List<String> sources =
                files(root, ".java").map(DocumentedCodeTest::folded).toList();
        List<String> unknown = new ArrayList<>();
        int blocks = 0;
        for (Path document : files(root, ".md").toList()) {
            Matcher matcher = BLOCK.matcher(text(document));
            while (matcher.find()) {
                blocks++;
                String code = fold(matcher.group(1));
                if (sources.stream().noneMatch(source -> source.contains(code))) {
                    unknown.add(root.relativize(document) + ": " + matcher.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(blocks).isPositive();
    }

    private static Stream<Path> files(Path root, String ending) {
        try (Stream<Path> all = Files.walk(root)) {
            return all
                    .filter(file -> file.toString().endsWith(ending)
                            && !file.toString().contains("/target/")
                            && !file.toString().contains("/."))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String folded(Path file) {
        return fold(text(file));
    }

    private static String fold(String code) {
        return SPACE.matcher(code).replaceAll(" ").trim();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Arrows between modules point one way only, and Pekko stays where it belongs. */
class ModuleBoundariesTest {
    /** Which modules a module's main sources may use, besides itself. Adding an arrow is a decision: see docs/adr. */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("api", Set.of()),
            Map.entry("plan", Set.of("api")),
            Map.entry("serialization", Set.of("api")),
            Map.entry("checkpoint", Set.of("api", "plan")),
            Map.entry("specialisation", Set.of()),
            Map.entry("state", Set.of("api", "plan", "serialization", "checkpoint", "specialisation")),
            Map.entry("operators", Set.of("api", "state", "serialization", "specialisation")),
            Map.entry(
                    "runtime",
                    Set.of("api", "plan", "serialization", "checkpoint", "specialisation", "state", "operators")),
            Map.entry("journal", Set.of("runtime")),
            Map.entry("server", Set.of("api", "runtime")),
            Map.entry("connector", Set.of("api")),
            Map.entry("examples", Set.of("api", "connector", "runtime", "server")),
            Map.entry("cli", Set.of("api", "plan", "runtime", "server", "examples")),
            Map.entry(
                    "testkit", Set.of("api", "plan", "serialization", "checkpoint", "state", "operators", "runtime")));

    @Test
    void modulesUseWhatTheyMay() {
        MAY_USE.forEach((module, others) -> {
            String[] allowed =
                    others.stream().map(other -> "io.millrace." + other + "..").toArray(String[]::new);
            String[] own = {"io.millrace." + module + ".."};
            noClasses()
                    .that()
                    .resideInAPackage(own[0])
                    .should()
                    .dependOnClassesThat(in("io.millrace..").and(DescribedPredicate.not(in(concat(own, allowed)))))
                    .as("module " + module + " uses " + new TreeSet<>(others) + " alone")
                    .allowEmptyShould(true)
                    .check(MainClasses.ALL);
        });
    }

    @Test
    void everyModuleHasARow() {
        Set<String> modules = MainClasses.ALL.stream()
                .map(JavaClass::getPackageName)
                .map(name -> name.split("\\.")[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(MAY_USE.keySet()).containsAll(modules);
        assertThat(modules).contains("api", "plan", "runtime", "server", "cli");
    }

    @Test
    void pekkoStaysInItsModules() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.millrace.runtime..",
                        "io.millrace.journal..",
                        "io.millrace.server..",
                        "io.millrace.cli..",
                        "io.millrace.testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "scala..");
        rule.check(MainClasses.ALL);
    }

    @Test
    void theProtocolsAreFreeOfActors() {
        ArchRule rule = noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.pekko..", "scala..")
                .allowEmptyShould(true);
        rule.check(MainClasses.ALL);
    }

    /** Time, chance and threads come in through the constructor, so that a simulation can own them. */
    @Test
    void theProtocolsHaveNoClockOfTheirOwn() {
        ArchRule rule = noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .allowEmptyShould(true);
        rule.check(MainClasses.ALL);
    }

    @Test
    void theApiNeedsNoLibraries() {
        ArchRule rule = classes()
                .that()
                .resideInAPackage("io.millrace.api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.millrace.api..", "java..", "org.slf4j..", "org.jspecify..");
        rule.check(MainClasses.ALL);
    }

    /**
     * The API's packages are one vocabulary in several drawers and refer to each other. The runtime's own package holds
     * the words that the packages below it share, and the entry that puts those packages together. Everywhere else a
     * cycle between packages is a design error.
     */
    @Test
    void packagesHaveNoCycles() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : MainClasses.ALL) {
            Set<String> used = uses.computeIfAbsent(type.getPackageName(), absent -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getPackageName())
                    .filter(target -> counts(type.getPackageName(), target))
                    .forEach(used::add);
        }
        assertThat(inCycles(uses)).isEmpty();
        // And it can fail.
        assertThat(inCycles(Map.of("a", Set.of("b"), "b", Set.of("a"), "c", Set.of("a"))))
                .containsOnlyKeys("a", "b", "c");
    }

    private static boolean counts(String from, String to) {
        boolean known = from.startsWith("io.millrace.api") && to.startsWith("io.millrace.api")
                || from.equals("io.millrace.runtime") && to.startsWith("io.millrace.runtime");
        return to.startsWith("io.millrace.") && !to.equals(from) && !known;
    }

    /** Takes away whatever uses nothing that is left, again and again: what stays is in a cycle, or uses one. */
    private static Map<String, Set<String>> inCycles(Map<String, Set<String>> uses) {
        Map<String, Set<String>> left = new TreeMap<>(uses);
        while (left.values().removeIf(used -> used.stream().noneMatch(left::containsKey))) {
            // Each round may free others.
            assertThat(left).hasSizeLessThan(uses.size());
        }
        return left;
    }

    /** State machines of the protocols: packages without actors, and the machines that actors wrap. */
    private static DescribedPredicate<JavaClass> arePure() {
        return in(
                        "io.millrace.checkpoint.coordination..",
                        "io.millrace.runtime.barrier..",
                        "io.millrace.runtime.time..",
                        "io.millrace.runtime.flow..")
                .or(DescribedPredicate.describe(
                        "are state machines of a job",
                        type -> type.getPackageName().equals("io.millrace.runtime.job")
                                && type.getSimpleName().endsWith("Machine")));
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static String[] concat(String[] first, String[] second) {
        List<String> all = new java.util.ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(second));
        return all.toArray(String[]::new);
    }
}

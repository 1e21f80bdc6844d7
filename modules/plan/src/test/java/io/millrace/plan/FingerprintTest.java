// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.function.MapFunction;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.plan.Jobs.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
    private static final Map<String, String> JOB =
            Map.of("com.acme.Fraud", """
            package com.acme;
            public class Fraud implements io.millrace.api.StreamJob {
                public void define(io.millrace.api.StreamEnvironment env) {
                    env.fromElements(1, 2, 3)
                       .map(x -> x + 1)
                       .filter(new Keep())
                       .map(new io.millrace.api.function.MapFunction<Integer, Integer>() {
                           public Integer map(Integer x) { return x * 2; }
                       })
                       .map(new Twice())
                       .sinkTo(new io.millrace.api.sink.PrintSink<>());
                }
                static class Keep implements io.millrace.api.function.FilterFunction<Integer> {
                    public boolean filter(Integer x) { return true; }
                }
            }
            """, "com.acme.Twice", """
            package com.acme;
            public class Twice extends Times {
                public Integer map(Integer x) { return x * 2; }
            }
            """, "com.acme.Times", """
            package com.acme;
            abstract class Times implements io.millrace.api.function.MapFunction<Integer, Integer> {
                int factor = 2;
            }
            """);

    @TempDir
    static Path folder;

    private static Fingerprint unchanged = new Fingerprint(Map.of());

    @BeforeAll
    static void compileTheJob() throws Exception {
        unchanged = fingerprint(JOB);
    }

    @Test
    void twoDefinitionsOfAJobAgree() {
        Fingerprint one = Jobs.plan(PlannerTest::everything).fingerprint();
        Fingerprint two = Jobs.plan(PlannerTest::everything).fingerprint();

        assertThat(one).isEqualTo(two);
        assertThat(one.differences(two)).isEmpty();
        assertThat(one.digest()).isEqualTo(two.digest()).matches("[0-9a-f]{16}");
        assertThat(one.parts().values()).allMatch(hash -> hash.matches("[0-9a-f]{16}"));
    }

    @Test
    void coversTheWholeGraph() {
        Fingerprint fingerprint = Jobs.plan(env -> {
                    env.registerType(Order.class, 3);
                    total(env, "total", 2);
                })
                .fingerprint();

        assertThat(fingerprint.structure().parts())
                .containsOnlyKeys(
                        "max parallelism",
                        "registered type 3",
                        "vertex 0 (orders.splits)",
                        "vertex 1 (orders)",
                        "vertex 2 (total)",
                        "edge 0 (orders.splits -> orders)",
                        "edge 1 (orders -> total)");
        assertThat(fingerprint.parts()).containsKey("class io.millrace.plan.FingerprintTest");
        assertThat(fingerprint.parts().keySet()).noneMatch(part -> part.startsWith("class java."));
        assertThat(fingerprint.parts().keySet()).noneMatch(part -> part.startsWith("class io.millrace.api"));
    }

    private static void total(StreamEnvironment env, String uid, int parallelism) {
        Jobs.orders(env)
                .keyBy(Order::customer, String.class)
                .sum(Order::amount)
                .uid(uid)
                .setParallelism(parallelism)
                .sinkTo(Jobs.sink())
                .setParallelism(parallelism);
    }

    @Test
    void changesWithAUid() {
        assertThat(differences(env -> total(env, "total", 2), env -> total(env, "sum", 2)))
                .containsExactly(
                        "vertex 2 (total): only here",
                        "edge 1 (orders -> total): only here",
                        "vertex 2 (sum): only there",
                        "edge 1 (orders -> sum): only there");
    }

    @Test
    void changesWithAParallelism() {
        assertThat(differences(env -> total(env, "total", 2), env -> total(env, "total", 3)))
                .containsExactly("vertex 2 (total): differs");
        assertThat(differences(env -> total(env, "total", 2), env -> {
                    env.setMaxParallelism(64);
                    total(env, "total", 2);
                }))
                .containsExactly("max parallelism: differs");
    }

    @Test
    void changesWithPartitioningsAndTypes() {
        assertThat(differences(
                        env -> Jobs.orders(env).rebalance().sinkTo(Jobs.sink()),
                        env -> Jobs.orders(env).broadcast().sinkTo(Jobs.sink())))
                .containsExactly("edge 1 (orders -> op-1-sink): differs");
        assertThat(differences(
                        env -> Jobs.orders(env).map(Order::amount).rebalance().sinkTo(Jobs.sink()),
                        env -> Jobs.orders(env)
                                .map(Order::amount)
                                .returns(Long.class)
                                .rebalance()
                                .sinkTo(Jobs.sink())))
                .containsExactly("edge 1 (orders -> op-2-sink): differs");
        assertThat(differences(
                        env -> env.registerType(Long.class, 1),
                        env -> env.registerType(Short.class, 1),
                        env -> Jobs.orders(env).sinkTo(Jobs.sink())))
                .containsExactly("registered type 1: differs");
    }

    @Test
    void changesWithWindowsAndWatermarks() {
        assertThat(differences(env -> windowed(env, 1, "total"), env -> windowed(env, 2, "total")))
                .containsExactly("vertex 2 (total): differs");
        assertThat(differences(
                        env -> env.fromElements(1)
                                .assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks())
                                .sinkTo(Jobs.sink()),
                        env -> env.fromElements(1)
                                .assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps())
                                .sinkTo(Jobs.sink())))
                .containsExactly("vertex 1 (collection): differs");
    }

    private static void windowed(StreamEnvironment env, int minutes, String uid) {
        Jobs.orders(env)
                .keyBy(Order::customer, String.class)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(minutes)))
                .sum(Order::amount)
                .uid(uid)
                .sinkTo(Jobs.sink());
    }

    @Test
    void namesAreForPeopleAlone() {
        assertThat(differences(
                        env -> Jobs.orders(env).map(o -> o).name("a").sinkTo(Jobs.sink()),
                        env -> Jobs.orders(env).map(o -> o).name("b").sinkTo(Jobs.sink())))
                .isEmpty();
    }

    @SafeVarargs
    private static java.util.List<String> differences(Consumer<StreamEnvironment>... jobs) {
        // A third one is what both have in common.
        Consumer<StreamEnvironment> common = jobs.length > 2 ? jobs[2] : env -> {};
        StreamJob left = env -> jobs[0].andThen(common).accept(env);
        StreamJob right = env -> jobs[1].andThen(common).accept(env);
        return Jobs.plan(left).fingerprint().differences(Jobs.plan(right).fingerprint());
    }

    @Test
    void coversTheClassesThatAJobBringsAlong() throws Exception {
        assertThat(unchanged.parts().keySet())
                .filteredOn(part -> part.startsWith("class "))
                .containsExactly(
                        "class com.acme.Fraud",
                        "class com.acme.Fraud$1",
                        "class com.acme.Fraud$Keep",
                        "class com.acme.Times",
                        "class com.acme.Twice");
        assertThat(fingerprint(JOB)).isEqualTo(unchanged);
    }

    @Test
    void changesWithTheBytesOfALambdasClass() throws Exception {
        assertChanged("com.acme.Fraud", "x + 1", "x + 7", "class com.acme.Fraud: differs");
    }

    @Test
    void changesWithTheBytesOfAnAnonymousClass() throws Exception {
        assertChanged("com.acme.Fraud", "x * 2", "x * 7", "class com.acme.Fraud$1: differs");
    }

    @Test
    void changesWithTheBytesOfANestedClass() throws Exception {
        assertChanged("com.acme.Fraud", "return true", "return x > 7", "class com.acme.Fraud$Keep: differs");
    }

    @Test
    void changesWithTheBytesOfAFunctionAndItsSuperclass() throws Exception {
        assertChanged("com.acme.Twice", "x * 2", "x * 7", "class com.acme.Twice: differs");
        assertChanged("com.acme.Times", "factor = 2", "factor = 7", "class com.acme.Times: differs");
    }

    @Test
    void coversWhatTheEnginesOwnFunctionsAreGiven() throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("com.acme.Fraud", """
            package com.acme;
            import io.millrace.api.window.TumblingProcessingTimeWindows;
            public class Fraud implements io.millrace.api.StreamJob {
                public void define(io.millrace.api.StreamEnvironment env) {
                    var keyed = env.fromElements(1, 2, 3).keyBy(x -> x, Integer.class);
                    var second = java.time.Duration.ofSeconds(1);
                    keyed.sum(new Running()).uid("a").print();
                    keyed.window(TumblingProcessingTimeWindows.of(second)).max(new Windowed()).uid("b").print();
                    keyed.window(TumblingProcessingTimeWindows.of(second)).minBy(new Least()).uid("c").print();
                    keyed.window(TumblingProcessingTimeWindows.of(second)).maxBy(new Most()).uid("d").print();
                }
            }
            """);
        for (String number : new String[] {"Running", "Windowed"}) {
            sources.put("com.acme." + number, """
            package com.acme;
            public class %s implements java.util.function.ToLongFunction<Integer> {
                public long applyAsLong(Integer x) { return x; }
            }
            """.formatted(number));
        }
        for (String field : new String[] {"Least", "Most"}) {
            sources.put("com.acme." + field, """
            package com.acme;
            public class %s implements java.util.function.Function<Integer, Integer> {
                public Integer apply(Integer x) { return x; }
            }
            """.formatted(field));
        }
        assertThat(fingerprint(sources).parts().keySet())
                .contains(
                        "class com.acme.Running",
                        "class com.acme.Windowed",
                        "class com.acme.Least",
                        "class com.acme.Most");
    }

    private void assertChanged(String file, String from, String to, String difference) throws Exception {
        Map<String, String> changed = new LinkedHashMap<>(JOB);
        String source = Objects.requireNonNull(JOB.get(file));
        assertThat(source).contains(from);
        changed.put(file, source.replace(from, to));
        Fingerprint after = fingerprint(changed);

        assertThat(unchanged.differences(after)).containsExactly(difference);
        assertThat(unchanged.structure().differences(after.structure())).isEmpty();
        assertThat(unchanged.digest()).isNotEqualTo(after.digest());
    }

    private static Fingerprint fingerprint(Map<String, String> sources) throws Exception {
        try (CompiledClasses classes = CompiledClasses.compile(folder, sources)) {
            Class<? extends StreamJob> jobClass = classes.load("com.acme.Fraud").asSubclass(StreamJob.class);
            StreamJob job = jobClass.getDeclaredConstructor().newInstance();
            return Planner.plan(Jobs.environment(1, job).logicalPlan(), jobClass)
                    .fingerprint();
        }
    }

    @Test
    void differencesNameWhatOnlyOneSideHas() {
        Fingerprint left = new Fingerprint(Map.of("a", "1", "b", "2"));
        Fingerprint right = new Fingerprint(Map.of("b", "3", "c", "4"));

        assertThat(left.differences(right)).containsExactlyInAnyOrder("a: only here", "b: differs", "c: only there");
        assertThat(left.digest()).isNotEqualTo(right.digest());
    }

    @Test
    void doesNotFollowTheMapItWasMadeOf() {
        Map<String, String> parts = new LinkedHashMap<>(Map.of("a", "1"));
        Fingerprint fingerprint = new Fingerprint(parts);
        parts.put("b", "2");

        assertThat(fingerprint.parts()).containsOnlyKeys("a");
    }

    @Test
    void aClassThatTheJdkMakesAtRunTimeHasNoPart() {
        MapFunction<Object, String> function = Object::toString;
        UserClasses classes = new UserClasses(FingerprintTest.class);
        classes.addClassOf(function);
        classes.addClassOf(java.util.function.Function.identity());
        classes.add(int[].class);

        assertThat(classes.hashes().keySet()).allMatch(name -> name.startsWith("io.millrace.plan.FingerprintTest"));
    }
}

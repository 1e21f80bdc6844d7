// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.checkpoint.manifest.JobShape.VertexShape;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.plan.Fingerprint;
import io.millrace.plan.JobGraph;
import io.millrace.plan.Vertex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestorePlanTest {
    private static final VertexShape SPLITS = new VertexShape("in.splits", 1, List.of("in"));
    private static final VertexShape COUNT = new VertexShape("count", 2, List.of("count", "print"));

    @Test
    void givesEachSubtaskItsManifest() {
        RestorePlan plan = RestorePlan.decide(Manifests.job(), shape(SPLITS, COUNT));

        assertThat(plan.manifestOf("in.splits", 0)).contains(Manifests.file("j/in-0.manifest"));
        assertThat(plan.manifestOf("count", 0)).contains(Manifests.file("j/count-0.manifest"));
        assertThat(plan.manifestOf("count", 1)).contains(Manifests.file("j/count-1.manifest"));
        assertThat(plan.startingEmpty()).isEmpty();
        assertThat(plan.manifest()).isEqualTo(Manifests.job());
    }

    @Test
    void newVerticesAndOperatorsStartEmpty() {
        VertexShape longer = new VertexShape("count", 2, List.of("count", "alert", "print"));
        VertexShape added = new VertexShape("files", 3, List.of("files"));

        RestorePlan plan = RestorePlan.decide(Manifests.job(), shape(added, SPLITS, longer));

        assertThat(plan.startingEmpty()).containsExactly("files", "alert");
        assertThat(plan.manifestOf("files", 2)).isEmpty();
        assertThat(plan.manifestOf("count", 1)).isPresent();
    }

    @Test
    void refusesAnotherNumberOfKeyGroups() {
        assertThat(refusal(new JobShape(256, List.of(SPLITS, COUNT))))
                .containsExactly("max parallelism is 256, but the state is divided into 128 key groups; set the max"
                        + " parallelism to 128");
    }

    @Test
    void refusesToDropAVertexWithState() {
        assertThat(refusal(shape(COUNT)))
                .singleElement()
                .asString()
                .contains("operator in ", "vertex in.splits", "restore the operator", "--allow-non-restored-state");
    }

    @Test
    void refusesToDropAnOperatorWithState() {
        assertThat(refusal(shape(SPLITS, new VertexShape("count", 2, List.of("count")))))
                .singleElement()
                .asString()
                .contains("operator print ", "no operator with that uid", "--allow-non-restored-state");
    }

    @Test
    void refusesStateThatAnotherChainingHasMoved() {
        VertexShape shorter = new VertexShape("count", 2, List.of("count"));
        VertexShape split = new VertexShape("print", 2, List.of("print"));
        assertThat(refusal(shape(SPLITS, shorter, split)))
                .singleElement()
                .asString()
                .contains(
                        "operator print ", "in vertex count", "has it in vertex print", "restore the former chaining");
    }

    @Test
    void refusesAnotherParallelism() {
        assertThat(refusal(shape(SPLITS, new VertexShape("count", 3, List.of("count", "print")))))
                .containsExactly("vertex count has parallelism 3, but its state was written with 2; rescaling needs a"
                        + " savepoint: run with the former parallelism 2");
    }

    @Test
    void namesAllReasonsAndTheCheckpoint() {
        JobShape other = new JobShape(64, List.of(new VertexShape("count", 3, List.of("print"))));

        RestoreRefusedException refused =
                catchThrowableOfType(RestoreRefusedException.class, () -> RestorePlan.decide(Manifests.job(), other));

        assertThat(refused.reasons()).hasSize(4);
        assertThat(refused).hasMessageStartingWith("Cannot restore savepoint 17 of job Word count (4a7c-job): ");
        refused.reasons().forEach(reason -> assertThat(refused).hasMessageContaining(reason));
    }

    @Test
    void aVertexWithoutStateMayGo() {
        JobManifest job = manifestOf(new VertexState("map", 1, List.of(), List.of(Manifests.file("m"))));
        assertThat(RestorePlan.decide(job, shape(COUNT)).startingEmpty()).containsExactly("count", "print");
    }

    @Test
    void acceptsTheManifestOfTheSubtaskItself() {
        RestorePlan plan = RestorePlan.decide(Manifests.job(), shape(SPLITS, COUNT));
        assertThatCode(() -> plan.requireFits("count", 1, Manifests.subtask())).doesNotThrowAnyException();
    }

    @Test
    void refusesTheManifestOfSomethingElse() {
        RestorePlan plan = RestorePlan.decide(Manifests.job(), shape(SPLITS, COUNT));
        List<OperatorState> operators = Manifests.subtask().operators();

        assertUnfit(plan, new SubtaskManifest(2, "other", "count", 1, 3, 17, operators, List.of(), List.of()), "jobId");
        assertUnfit(
                plan,
                new SubtaskManifest(2, Manifests.JOB, "in", 1, 3, 17, operators, List.of(), List.of()),
                "vertexId");
        assertUnfit(
                plan,
                new SubtaskManifest(2, Manifests.JOB, "count", 0, 3, 17, operators, List.of(), List.of()),
                "subtaskI");
        assertUnfit(
                plan,
                new SubtaskManifest(2, Manifests.JOB, "count", 1, 2, 17, operators, List.of(), List.of()),
                "epoch");
        assertUnfit(
                plan,
                new SubtaskManifest(2, Manifests.JOB, "count", 1, 3, 16, operators, List.of(), List.of()),
                "checkpointId");
        assertUnfit(plan, withOperator(new OperatorState("count", 0, 64, List.of(), Map.of())), "firstKeyGroup");
        assertUnfit(plan, withOperator(new OperatorState("count", 64, 127, List.of(), Map.of())), "endKeyGroup");
        assertUnfit(plan, withOperator(new OperatorState("spy", 64, 128, List.of(), Map.of())), "operator spy");
        assertThatThrownBy(() -> plan.requireFits("nowhere", 0, Manifests.subtask()))
                .isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void takesTheShapeOfAJobGraph() {
        Vertex vertex =
                new Vertex(0, "count", "Count", Vertex.Kind.OPERATOR, 2, false, Vertex.DEFAULT_GROUP, List.of());
        JobGraph graph = new JobGraph(List.of(vertex), List.of(), 128, Map.of(), new Fingerprint(Map.of()));

        assertThat(JobShape.of(graph)).isEqualTo(shape(new VertexShape("count", 2, List.of())));
    }

    private static void assertUnfit(RestorePlan plan, SubtaskManifest manifest, String field) {
        assertThatThrownBy(() -> plan.requireFits("count", 1, manifest))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("j/count-1.manifest")
                .hasMessageContaining(field);
    }

    private static SubtaskManifest withOperator(OperatorState operator) {
        return new SubtaskManifest(2, Manifests.JOB, "count", 1, 3, 17, List.of(operator), List.of(), List.of());
    }

    private static JobManifest manifestOf(VertexState... vertices) {
        return new JobManifest(
                1, Manifests.JOB, "n", 17, 3, CheckpointKind.CHECKPOINT, 0, 128, Map.of(), List.of(vertices));
    }

    private static List<String> refusal(JobShape shape) {
        return catchThrowableOfType(RestoreRefusedException.class, () -> RestorePlan.decide(Manifests.job(), shape))
                .reasons();
    }

    private static JobShape shape(VertexShape... vertices) {
        return new JobShape(Manifests.MAX_PARALLELISM, List.of(vertices));
    }
}

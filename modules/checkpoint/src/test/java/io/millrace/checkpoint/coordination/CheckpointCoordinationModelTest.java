// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.manifest.CheckpointKind;
import io.millrace.checkpoint.storage.StoredFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Any order of calls, compared call by call with a naive model that holds nothing but sets and counters. */
class CheckpointCoordinationModelTest {
    private static final List<SubtaskId> SUBTASKS =
            List.of(new SubtaskId("a", 0), new SubtaskId("a", 1), new SubtaskId("b", 0));

    private enum Call {
        BEGIN,
        ACKNOWLEDGE,
        ACKNOWLEDGE_ALL,
        DECLINE,
        TIMEOUT,
        FAIL,
        COMPLETE,
        NEW_EPOCH
    }

    /** {@code lag}: how many checkpoints before the next id the call is about, mostly the pending one. */
    private record Step(Call call, int subtask, int lag, CheckpointKind kind, int elapsedMs) {}

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.of(Call.class),
                        Arbitraries.integers().between(0, SUBTASKS.size()),
                        Arbitraries.frequency(
                                net.jqwik.api.Tuple.of(6, 1),
                                net.jqwik.api.Tuple.of(1, 0),
                                net.jqwik.api.Tuple.of(1, 2)),
                        Arbitraries.of(CheckpointKind.class),
                        Arbitraries.integers().between(0, 40))
                .as(Step::new);
    }

    @Property(tries = 1500)
    void behavesAsTheModel(@ForAll @Size(max = 80) List<@net.jqwik.api.From("steps") Step> steps) {
        CheckpointSettings settings = new CheckpointSettings(50, 100, 20, 2, 2);
        CheckpointCoordination real = new CheckpointCoordination(settings, 1, Set.copyOf(SUBTASKS), 5, List.of(), 0);
        Model model = new Model(settings);
        for (Step step : steps) {
            model.nowMs += step.elapsedMs();
            apply(step, real, model);
            model.assertSameAs(real);
        }
    }

    private static void apply(Step step, CheckpointCoordination real, Model model) {
        long id = model.nextId - step.lag();
        SubtaskId subtask =
                step.subtask() == SUBTASKS.size() ? new SubtaskId("stranger", 0) : SUBTASKS.get(step.subtask());
        switch (step.call()) {
            case BEGIN -> begin(step.kind(), real, model);
            case ACKNOWLEDGE -> acknowledge(id, subtask, real, model);
            case ACKNOWLEDGE_ALL -> SUBTASKS.forEach(each -> acknowledge(id, each, real, model));
            case DECLINE ->
                assertThat(real.decline(id, subtask, "declined", model.nowMs).isPresent())
                        .isEqualTo(model.decline(id, subtask));
            case TIMEOUT -> assertThat(real.timeout(model.nowMs).isPresent()).isEqualTo(model.timeout());
            case FAIL ->
                assertThat(real.fail(id, "failed", model.nowMs).isPresent()).isEqualTo(model.fail(id));
            case COMPLETE -> complete(id, real, model);
            case NEW_EPOCH -> {
                model.newEpoch();
                real.startEpoch(model.epoch, Set.copyOf(SUBTASKS), model.nowMs);
            }
        }
    }

    private static void begin(CheckpointKind kind, CheckpointCoordination real, Model model) {
        Optional<Long> expected = model.begin(kind);
        try {
            assertThat(real.begin(kind, model.nowMs).id()).isEqualTo(expected.orElseThrow());
        } catch (IllegalStateException e) {
            assertThat(expected).isEmpty();
        }
    }

    private static void acknowledge(long id, SubtaskId subtask, CheckpointCoordination real, Model model) {
        int missing = model.acknowledge(id, subtask);
        AckResult result = real.acknowledge(id, subtask, manifest(id, subtask), 1);
        if (missing < 0) {
            assertThat(result).isInstanceOf(AckResult.Ignored.class);
        } else if (missing > 0) {
            assertThat(result).isEqualTo(new AckResult.Waiting(missing));
        } else {
            Map<SubtaskId, StoredFile> manifests = ((AckResult.AllAcknowledged) result).manifests();
            assertThat(manifests.keySet()).containsExactlyElementsOf(SUBTASKS);
            manifests.forEach((key, file) -> assertThat(file).isEqualTo(manifest(id, key)));
        }
    }

    private static void complete(long id, CheckpointCoordination real, Model model) {
        CompletedCheckpoint checkpoint =
                new CompletedCheckpoint(id, model.epoch, model.kind, new StoredFile("m" + id, 1, 1));
        boolean allowed = model.mayComplete(id);
        try {
            List<CompletedCheckpoint> subsumed = real.completed(checkpoint, model.nowMs);
            assertThat(allowed).isTrue();
            assertThat(subsumed).isEqualTo(model.complete(checkpoint));
        } catch (IllegalStateException e) {
            assertThat(allowed).isFalse();
        }
    }

    private static StoredFile manifest(long id, SubtaskId subtask) {
        return new StoredFile(id + "-" + subtask, 1, 1);
    }

    private static final class Model {
        final CheckpointSettings settings;
        final Set<SubtaskId> acknowledged = new HashSet<>();
        final List<CompletedCheckpoint> kept = new ArrayList<>();
        CheckpointKind kind = CheckpointKind.CHECKPOINT;
        boolean pending;
        long nowMs;
        long nextId = 5;
        long epoch = 1;
        long triggeredMs;
        long endedMs;
        int failures;

        Model(CheckpointSettings settings) {
            this.settings = settings;
        }

        Optional<Long> begin(CheckpointKind newKind) {
            if (pending) {
                return Optional.empty();
            }
            pending = true;
            kind = newKind;
            triggeredMs = nowMs;
            acknowledged.clear();
            return Optional.of(nextId++);
        }

        private boolean isPending(long id) {
            return pending && id == nextId - 1;
        }

        /** How many are missing now; -1 when it does not count. */
        int acknowledge(long id, SubtaskId subtask) {
            boolean counts = isPending(id) && SUBTASKS.contains(subtask) && acknowledged.add(subtask);
            return counts ? SUBTASKS.size() - acknowledged.size() : -1;
        }

        boolean decline(long id, SubtaskId subtask) {
            return SUBTASKS.contains(subtask) && !acknowledged.contains(subtask) && fail(id);
        }

        boolean timeout() {
            return pending && nowMs - triggeredMs >= settings.timeoutMs() && fail(nextId - 1);
        }

        boolean fail(long id) {
            if (!isPending(id)) {
                return false;
            }
            pending = false;
            endedMs = nowMs;
            failures += kind == CheckpointKind.SAVEPOINT ? 0 : 1;
            return true;
        }

        boolean mayComplete(long id) {
            return isPending(id) && acknowledged.size() == SUBTASKS.size();
        }

        List<CompletedCheckpoint> complete(CompletedCheckpoint checkpoint) {
            pending = false;
            endedMs = nowMs;
            failures = 0;
            kept.add(checkpoint);
            List<CompletedCheckpoint> subsumed = new ArrayList<>();
            int newer = 0;
            for (int i = kept.size() - 1; i >= 0; i--) {
                boolean counts = kept.get(i).kind() != CheckpointKind.SAVEPOINT;
                newer += counts ? 1 : 0;
                if (counts && newer > settings.retained()) {
                    subsumed.add(0, kept.remove(i));
                }
            }
            return subsumed;
        }

        void newEpoch() {
            pending = false;
            epoch++;
            failures = 0;
            triggeredMs = nowMs;
            endedMs = nowMs;
        }

        void assertSameAs(CheckpointCoordination real) {
            assertThat(real.nextId()).isEqualTo(nextId);
            assertThat(real.pending().map(PendingCheckpoint::id))
                    .isEqualTo(pending ? Optional.of(nextId - 1) : Optional.empty());
            assertThat(real.completed()).isEqualTo(kept);
            assertThat(real.toleranceExceeded()).isEqualTo(failures > settings.tolerableFailures());
            if (pending) {
                assertThat(real.nextTriggerMs()).isEmpty();
            } else {
                assertThat(real.nextTriggerMs())
                        .hasValue(Math.max(triggeredMs + settings.intervalMs(), endedMs + settings.minPauseMs()));
            }
            assertHistory(real);
        }

        private void assertHistory(CheckpointCoordination real) {
            List<CheckpointStats> history = real.history();
            Set<Long> keptIds = new HashSet<>();
            kept.forEach(checkpoint -> keptIds.add(checkpoint.id()));
            for (int i = 0; i < history.size(); i++) {
                CheckpointStats stats = history.get(i);
                assertThat(stats.id()).as("newest first, none left out").isEqualTo(nextId - 1 - i);
                assertThat(stats.state() == CheckpointState.PENDING).isEqualTo(pending && i == 0);
                assertThat(stats.state() == CheckpointState.COMPLETED).isEqualTo(keptIds.contains(stats.id()));
                assertThat(stats.failureReason() != null).isEqualTo(stats.state() == CheckpointState.ABORTED);
            }
        }
    }
}

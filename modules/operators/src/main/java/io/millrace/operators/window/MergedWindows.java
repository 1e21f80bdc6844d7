// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.Window;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.NoNamespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of each key where they merge. Contents stay under the window of the first record that was added to them;
 * what the trigger remembers goes with the windows themselves. Confined to the subtask.
 */
final class MergedWindows<W extends Window> {
    private record Merge<W>(List<W> windows, W result) {}

    private final MergingWindowAssigner<Object, W> assigner;
    private final NamespacedValueState<NoNamespace, List<MergedWindow<W>>> state;
    private final WindowContents<W> contents;
    private final Trigger<Object, W> trigger;
    private final TriggerContext<W> triggers;
    private final WindowTimers<W> timers;

    MergedWindows(
            MergingWindowAssigner<Object, W> assigner,
            NamespacedValueState<NoNamespace, List<MergedWindow<W>>> state,
            WindowContents<W> contents,
            Trigger<Object, W> trigger,
            TriggerContext<W> triggers,
            WindowTimers<W> timers) {
        this.assigner = assigner;
        this.state = state;
        this.contents = contents;
        this.trigger = trigger;
        this.triggers = triggers;
        this.timers = timers;
    }

    /** The current key's window as it is now, or null where there is none. */
    @Nullable
    MergedWindow<W> find(W window) {
        return find(known(), window);
    }

    private @Nullable MergedWindow<W> find(List<MergedWindow<W>> known, W window) {
        for (MergedWindow<W> one : known) {
            if (one.window().equals(window)) {
                return one;
            }
        }
        return null;
    }

    private List<MergedWindow<W>> known() {
        List<MergedWindow<W>> known = state.peek(NoNamespace.INSTANCE);
        return known == null ? List.of() : known;
    }

    void remove(W window) {
        List<MergedWindow<W>> left = new ArrayList<>(known());
        left.removeIf(one -> one.window().equals(window));
        store(left);
    }

    private void store(List<MergedWindow<W>> windows) {
        if (windows.isEmpty()) {
            state.remove(NoNamespace.INSTANCE);
        } else {
            state.put(NoNamespace.INSTANCE, List.copyOf(windows));
        }
    }

    /**
     * Adds a record's window to those of the current key.
     *
     * @return the window that it is part of now, or null when that is too late and nothing has changed
     */
    @Nullable
    MergedWindow<W> add(W window) throws Exception {
        List<MergedWindow<W>> known = new ArrayList<>(known());
        MergedWindow<W> same = find(known, window);
        if (same != null) {
            return same;
        }
        List<Merge<W>> merges = merges(known, window);
        W result = window;
        for (Merge<W> merge : merges) {
            result = merge.windows().contains(window) ? merge.result() : result;
        }
        if (timers.isLate(result)) {
            return null;
        }
        for (Merge<W> merge : merges) {
            apply(merge, window, known);
        }
        MergedWindow<W> now = find(known, result);
        if (now == null) {
            now = new MergedWindow<>(window, window);
            requireFree(known, now);
            known.add(now);
        }
        store(known);
        return now;
    }

    private List<Merge<W>> merges(List<MergedWindow<W>> known, W window) throws Exception {
        if (known.isEmpty()) {
            return List.of();
        }
        List<W> all = new ArrayList<>();
        known.forEach(one -> all.add(one.window()));
        all.add(window);
        List<Merge<W>> merges = new ArrayList<>();
        assigner.mergeWindows(all, (windows, result) -> merges.add(new Merge<>(List.copyOf(windows), result)));
        return merges;
    }

    private void apply(Merge<W> merge, W added, List<MergedWindow<W>> known) throws Exception {
        List<W> old = new ArrayList<>(merge.windows());
        old.remove(added);
        MergedWindow<W> first = find(known, old.get(0));
        if (first == null) {
            throw new IllegalStateException("The window assigner " + assigner + " merges the window " + old.get(0)
                    + ", which it was not asked about: a mergeWindows(..) names windows that it is given.");
        }
        W result = merge.result();
        if (old.size() == 1 && result.equals(first.window())) {
            return;
        }
        List<W> heldByOthers = new ArrayList<>();
        for (W window : old.subList(1, old.size())) {
            MergedWindow<W> other = find(known, window);
            if (other != null) {
                heldByOthers.add(other.held());
            }
        }
        known.set(known.indexOf(first), new MergedWindow<>(result, first.held()));
        known.removeIf(one -> !one.window().equals(result) && old.contains(one.window()));
        trigger.onMerge(result, triggers.merging(result, old));
        for (W window : old) {
            if (!window.equals(result)) {
                trigger.clear(window, triggers.of(window));
                timers.deleteCleanup(window);
            }
        }
        for (W held : heldByOthers) {
            contents.merge(first.held(), held);
        }
        timers.setCleanup(result);
    }

    private void requireFree(List<MergedWindow<W>> known, MergedWindow<W> now) {
        for (MergedWindow<W> one : known) {
            if (one.held().equals(now.held())) {
                throw new IllegalStateException("The window assigner " + assigner + " keeps the windows " + one.window()
                        + " and " + now.window() + " apart, though the first came of " + now.window()
                        + ": a merged window takes in all that its parts would.");
            }
        }
    }
}

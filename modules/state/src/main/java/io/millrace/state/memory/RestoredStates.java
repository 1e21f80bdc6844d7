// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import io.millrace.serialization.CodecException;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateMeta;
import io.millrace.state.StateMigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Restored states that were not declared yet. Runs are restored before functions say what state they have, so entries
 * are kept as bytes; a state that nobody declares stays so, and is part of each snapshot.
 *
 * <p>A state without entries in a run counts as absent from it: a subtask that has seen no key may not know yet how its
 * keys are written.
 */
final class RestoredStates {
    private final KeyedStateSettings settings;
    private final TreeMap<String, RawEntries> byName = new TreeMap<>();
    private final BitSet keyGroups = new BitSet();

    RestoredStates(KeyedStateSettings settings) {
        this.settings = settings;
    }

    /** Takes in the entries of one run that are the subtask's, all or none. */
    void add(RunReader run) {
        BitSet groupsOfRun = new BitSet();
        Map<String, RawEntries> ofRun = read(run, groupsOfRun);
        if (groupsOfRun.intersects(keyGroups)) {
            groupsOfRun.and(keyGroups);
            throw new IllegalStateException("Operator '" + settings.operatorId()
                    + "' is restored from two runs that both have entries of key group " + groupsOfRun.nextSetBit(0)
                    + "; each run is to be given once, and all of one checkpoint.");
        }
        ofRun.forEach((name, entries) -> requireSame(entries.meta(), byName.get(name)));
        keyGroups.or(groupsOfRun);
        ofRun.forEach((name, entries) -> byName.computeIfAbsent(name, n -> new RawEntries(entries.meta()))
                .addAll(entries));
    }

    List<StateMeta> metas() {
        List<StateMeta> metas = new ArrayList<>();
        byName.values().forEach(entries -> metas.add(entries.meta()));
        return metas;
    }

    long size() {
        long size = 0;
        for (RawEntries entries : byName.values()) {
            size += entries.size();
        }
        return size;
    }

    void freezeInto(Map<String, FrozenState> frozen) {
        byName.forEach((name, entries) -> frozen.put(name, entries.freeze()));
    }

    void clear() {
        byName.clear();
    }

    /**
     * Fills a state that is now declared, when there is something of it.
     *
     * @throws StateMigrationException when it was written as something else; it then stays as it is
     */
    void moveTo(MemoryState state, CurrentKey current) {
        String name = state.definition().name();
        RawEntries entries = byName.get(name);
        if (entries == null) {
            return;
        }
        requireCompatible(entries.meta(), state.definition().meta());
        byName.remove(name);
        Object keyBefore = current.keyOrNull();
        int hashBefore = current.hash;
        try {
            entries.drain(state::restore);
        } catch (CodecException e) {
            throw new StateMigrationException(
                    inState(name) + " has an entry that cannot be read as " + entries.meta()
                            + ", which it was written as. A codec has changed without changing its description.",
                    e);
        } finally {
            current.reset(keyBefore, hashBefore);
        }
    }

    private Map<String, RawEntries> read(RunReader run, BitSet groupsOfRun) {
        TreeMap<String, RawEntries> ofRun = new TreeMap<>();
        List<StateMeta> metas = run.states();
        try {
            while (run.next()) {
                byte[] key = run.key();
                int keyGroup = RunKeys.keyGroup(key);
                requireKeyGroup(keyGroup);
                StateMeta meta = metas.get(RunKeys.stateNumber(key));
                RawEntries entries = ofRun.computeIfAbsent(meta.name(), name -> new RawEntries(meta));
                if (settings.owns(keyGroup)) {
                    groupsOfRun.set(keyGroup);
                    entries.add(key, run.value());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Operator '" + settings.operatorId() + "' cannot be restored: " + e.getMessage(), e);
        }
        return ofRun;
    }

    private void requireKeyGroup(int keyGroup) {
        if (keyGroup >= settings.maxParallelism()) {
            throw new StateMigrationException("Operator '" + settings.operatorId()
                    + "' is restored from a run with key group " + keyGroup + ", but the job has a max parallelism of "
                    + settings.maxParallelism() + ". Set the max parallelism that the snapshot was written with.");
        }
    }

    private void requireSame(StateMeta meta, @Nullable RawEntries earlier) {
        if (earlier != null && !earlier.meta().equals(meta)) {
            throw new StateMigrationException(inState(meta.name()) + " is " + earlier.meta() + " in one run and " + meta
                    + " in another; they are not of one checkpoint.");
        }
    }

    private void requireCompatible(StateMeta written, StateMeta declared) {
        if (!written.equals(declared)) {
            throw new StateMigrationException(inState(written.name()) + " was written as " + written
                    + " but the job declares it as " + declared
                    + ". Declare it as it was written, or give the new state another name.");
        }
    }

    private String inState(String name) {
        return "Operator '" + settings.operatorId() + "': state '" + name + "'";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.api.state.BroadcastState;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.operators.OperatorContext;
import io.millrace.operators.OperatorSnapshot;
import io.millrace.operators.Rethrow;
import io.millrace.operators.SnapshotPart;
import io.millrace.operators.state.FrozenOperatorState.Written;
import io.millrace.operators.state.OperatorStateMeta.Kind;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import io.millrace.state.StateMigrationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The states of an operator in one subtask that belong to no key. They are declared while the operator is opened, which
 * is when what was restored is read, and go into parts of its snapshot: union lists into one of their own, as all
 * subtasks read those. What was restored and is not declared is kept as it was written.
 *
 * <p>Names are unique among them; those that begin with {@code _} belong to the engine. Confined to the subtask.
 */
public final class OperatorStates {
    static final String PART = "operator-state";
    static final String UNION_PART = "union-state";

    private final OperatorContext context;

    // By name, so that a part's bytes do not depend on the order in which functions ask for their state.
    private final TreeMap<String, HeldOperatorState> states = new TreeMap<>();
    private final TreeMap<String, Written> undeclared = new TreeMap<>();

    /** The union lists of all subtasks, by subtask; read when the first is asked for, and let go of after opening. */
    private @Nullable List<Map<String, Written>> unionsOfAll;

    private boolean opened;

    private OperatorStates(OperatorContext context) {
        this.context = context;
    }

    /**
     * The operator's states as they were restored, none of them declared. Called when the operator is opened.
     *
     * @throws IOException when what was restored is damaged
     */
    public static OperatorStates open(OperatorContext context) throws IOException {
        OperatorStates states = new OperatorStates(context);
        for (String part : List.of(PART, UNION_PART)) {
            Map<String, Written> written = SnapshotPart.restore(context, part, FrozenOperatorState::readAll);
            if (written != null) {
                states.undeclared.putAll(written);
            }
        }
        return states;
    }

    /** Declares a list; each subtask gets its own back. */
    public <T> ListState<T> listState(ListStateDescriptor<T> descriptor) {
        return list(descriptor, Kind.LIST);
    }

    /** Declares a list of which each subtask gets the elements of all. */
    public <T> ListState<T> unionListState(ListStateDescriptor<T> descriptor) {
        return list(descriptor, Kind.UNION_LIST);
    }

    /** Declares a map that is the same in all subtasks; each gets its own back. */
    @SuppressWarnings("unchecked") // a state of this kind and these codecs was made here
    public <K, V> BroadcastState<K, V> broadcastState(MapStateDescriptor<K, V> descriptor) {
        String name = descriptor.name();
        Codec<K> keys = codec(name, () -> context.codecs().forKey(descriptor.keyType()));
        Codec<V> values = codec(name, () -> context.codecs().forType(descriptor.valueType()));
        OperatorStateMeta meta = new OperatorStateMeta(name, Kind.BROADCAST, keys.describe(), values.describe());
        return (BroadcastState<K, V>) declare(meta, () -> new BroadcastMap<>(meta, keys, values));
    }

    /** Ends the time in which states can be declared; those that are can still be asked for. */
    public void endOpening() {
        opened = true;
        unionsOfAll = null;
    }

    /** Adds the states as of now to an operator's snapshot. They are written on IO threads. */
    public OperatorSnapshot addTo(OperatorSnapshot snapshot) {
        List<FrozenOperatorState> own = new ArrayList<>();
        List<FrozenOperatorState> unions = new ArrayList<>();
        for (HeldOperatorState state : states.values()) {
            (state.meta().kind() == Kind.UNION_LIST ? unions : own).add(state.freeze());
        }
        for (Written written : undeclared.values()) {
            (written.meta().kind() == Kind.UNION_LIST ? unions : own)
                    .add(FrozenOperatorState.ofBytes(written.meta(), written.content()));
        }
        if (own.isEmpty() && unions.isEmpty()) {
            return snapshot;
        }
        Map<String, CompletionStage<byte[]>> parts = new HashMap<>(snapshot.parts());
        addPart(PART, own, parts);
        addPart(UNION_PART, unions, parts);
        return new OperatorSnapshot(snapshot.keyed(), parts);
    }

    private void addPart(String name, List<FrozenOperatorState> frozen, Map<String, CompletionStage<byte[]>> parts) {
        if (!frozen.isEmpty()) {
            parts.put(name, CompletableFuture.supplyAsync(() -> bytesOf(frozen), context.ioExecutor()));
        }
    }

    private static byte[] bytesOf(List<FrozenOperatorState> frozen) {
        ByteWriter out = SnapshotPart.begin();
        FrozenOperatorState.writeAll(frozen, out);
        return out.toByteArray();
    }

    @SuppressWarnings("unchecked") // a state of this kind and codec was made here
    private <T> ListState<T> list(ListStateDescriptor<T> descriptor, Kind kind) {
        Codec<T> codec = codec(descriptor.name(), () -> context.codecs().forType(descriptor.elementType()));
        OperatorStateMeta meta = new OperatorStateMeta(descriptor.name(), kind, "", codec.describe());
        return (ListState<T>) declare(meta, () -> new OperatorList<>(meta, codec));
    }

    private <T> Codec<T> codec(String state, Supplier<Codec<T>> lookup) {
        try {
            return lookup.get();
        } catch (CodecException e) {
            throw new CodecException(inState(state) + " cannot be kept. " + e.getMessage(), e);
        }
    }

    private HeldOperatorState declare(OperatorStateMeta meta, Supplier<? extends HeldOperatorState> make) {
        HeldOperatorState existing = states.get(meta.name());
        if (existing != null) {
            if (!existing.meta().equals(meta)) {
                throw new IllegalStateException(inState(meta.name()) + " is in use as " + existing.meta()
                        + " and is asked for as " + meta + "; give one of the two another name.");
            }
            return existing;
        }
        requireDeclarable(meta);
        HeldOperatorState made = make.get();
        if (meta.kind() == Kind.UNION_LIST) {
            for (Map<String, Written> ofSubtask : unionsOfAll()) {
                restore(made, ofSubtask.get(meta.name()));
            }
        } else {
            restore(made, undeclared.get(meta.name()));
        }
        undeclared.remove(meta.name());
        states.put(meta.name(), made);
        return made;
    }

    private void requireDeclarable(OperatorStateMeta meta) {
        if (opened) {
            throw new IllegalStateException(inState(meta.name())
                    + " is asked for the first time after the function was opened. Ask for it in open(..), where it is"
                    + " restored, and keep it in a field.");
        }
        if (!context.hasStableId()) {
            throw new IllegalStateException(inState(meta.name())
                    + " needs an operator with a stable id, or it would not be found again in a job that has changed."
                    + " Add .uid(\"...\") after the operator.");
        }
        Written written = undeclared.get(meta.name());
        if (written != null) {
            requireSame(written.meta(), meta);
        }
    }

    private List<Map<String, Written>> unionsOfAll() {
        List<Map<String, Written>> known = unionsOfAll;
        if (known != null) {
            return known;
        }
        List<Map<String, Written>> read = new ArrayList<>();
        try {
            for (Map.Entry<Integer, byte[]> part :
                    context.restoredParts(UNION_PART).entrySet()) {
                read.add(SnapshotPart.read(
                        context, UNION_PART, part.getKey(), part.getValue(), FrozenOperatorState::readAll));
            }
        } catch (IOException e) {
            // Its type says whether an earlier checkpoint is the remedy, and functions' open(..) lets it pass.
            throw Rethrow.unchecked(e);
        }
        unionsOfAll = read;
        return read;
    }

    private void restore(HeldOperatorState state, @Nullable Written written) {
        if (written == null) {
            return;
        }
        requireSame(written.meta(), state.meta());
        try {
            ByteReader content = new ByteReader(written.content());
            state.restore(content);
            if (content.remaining() != 0) {
                throw new CodecException(content.remaining() + " bytes are left over");
            }
        } catch (CodecException e) {
            throw new StateMigrationException(
                    inState(state.meta().name()) + " has an entry that cannot be read as " + written.meta()
                            + ", which it was written as. A codec has changed without changing its description.",
                    e);
        }
    }

    private void requireSame(OperatorStateMeta written, OperatorStateMeta declared) {
        if (!written.equals(declared)) {
            throw new StateMigrationException(inState(declared.name()) + " was written as " + written
                    + " but the job declares it as " + declared
                    + ". Declare it as it was written, or give the new state another name.");
        }
    }

    private String inState(String name) {
        return "Operator '" + context.operatorName() + "' (" + context.operatorId() + "): operator state '" + name
                + "'";
    }
}

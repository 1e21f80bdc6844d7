// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.checkpoint.manifest.OperatorState;
import io.millrace.checkpoint.manifest.SubtaskManifest;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.operators.Operator;
import io.millrace.operators.assembly.Operators;
import io.millrace.plan.ChainedOperator;
import io.millrace.plan.Edge;
import io.millrace.plan.EdgePartitioning;
import io.millrace.plan.Fingerprint;
import io.millrace.plan.JobGraph;
import io.millrace.plan.KeyGroups;
import io.millrace.plan.Vertex;
import io.millrace.runtime.chain.OperatorChain;
import io.millrace.runtime.chain.OperatorFailedException;
import io.millrace.runtime.chain.RecordLoop;
import io.millrace.runtime.channel.EdgeOrigin;
import io.millrace.runtime.channel.InputGate;
import io.millrace.runtime.channel.Outputs;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.definition.JobClasses;
import io.millrace.runtime.definition.JobDefinition;
import io.millrace.runtime.loop.LoopHead;
import io.millrace.runtime.loop.LoopWork;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.serialization.CodecException;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.SpecialisedClasses;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.StateBackend;
import io.millrace.state.StateMigrationException;
import io.millrace.state.run.RunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds a subtask for an epoch: its own definition of the job, operators, gate and outputs, and restores what a
 * checkpoint holds. Runs on an IO thread; nothing of what it builds is shared. Thread-safe.
 */
public final class SubtaskAssembly {
    private final SnapshotServices snapshots;
    private final StateBackend backend;
    private final JobClasses classes;
    private final VertexClasses vertexClasses;
    private final HostServices services;

    /** For jobs whose functions ask for no services. */
    public SubtaskAssembly(
            SnapshotServices snapshots, StateBackend backend, JobClasses classes, VertexClasses vertexClasses) {
        this(snapshots, backend, classes, vertexClasses, new HostServices());
    }

    /**
     * @param services what functions may ask for; may grow
     */
    public SubtaskAssembly(
            SnapshotServices snapshots,
            StateBackend backend,
            JobClasses classes,
            VertexClasses vertexClasses,
            HostServices services) {
        this.services = services;
        this.snapshots = snapshots;
        this.backend = backend;
        this.classes = classes;
        this.vertexClasses = vertexClasses;
    }

    /** The classes that the subtask's chain is made of, until it gives them back. */
    VertexClasses.Lease leaseClasses(SubtaskCommand.Deploy deploy) {
        return vertexClasses.lease(deploy.job().jobId(), deploy.subtask().vertexId());
    }

    RunningSubtask assemble(
            SubtaskCommand.Deploy deploy,
            SubtaskPorts ports,
            SubtaskMachine machine,
            SubtaskSettings settings,
            SpecialisedClasses specialised)
            throws Exception {
        JobDefinition definition = JobDefinition.of(deploy.job(), deploy.onceValues(), false, classes);
        JobGraph graph = definition.graph();
        requireSameFingerprint(deploy, graph.fingerprint());
        Vertex vertex = vertexOf(graph, deploy.subtask());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(definition.loader());
        try {
            return new Build(deploy, graph, vertex, definition.loader(), ports, machine, settings).build(specialised);
        } catch (StateMigrationException | CodecException e) {
            throw new IncompatibleDeploymentException(String.valueOf(e.getMessage()), e);
        } catch (OperatorFailedException e) {
            boolean forEver = e.getCause() instanceof StateMigrationException || e.getCause() instanceof CodecException;
            throw forEver ? new IncompatibleDeploymentException(String.valueOf(e.getMessage()), e) : e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void requireSameFingerprint(SubtaskCommand.Deploy deploy, Fingerprint own) {
        List<String> differences = new Fingerprint(deploy.fingerprint()).differences(own);
        if (!differences.isEmpty()) {
            throw new IncompatibleDeploymentException("The job's definition is not the same for the subtask "
                    + deploy.subtask() + " as for the coordinator: " + String.join("; ", differences)
                    + ". define() must describe the same dataflow every time, and all nodes need the same classes;"
                    + " take what may vary from env.args(), env.startTime() or env.once(..).");
        }
    }

    private static Vertex vertexOf(JobGraph graph, SubtaskId subtask) {
        return graph.vertices().stream()
                .filter(vertex -> vertex.id().equals(subtask.vertexId()))
                .findFirst()
                .orElseThrow(() -> new IncompatibleDeploymentException(
                        "The job has no vertex '" + subtask.vertexId() + "', which was to be deployed."));
    }

    /** One assembly. */
    private final class Build {
        private final SubtaskCommand.Deploy deploy;
        private final JobGraph graph;
        private final Vertex vertex;
        private final SubtaskPorts ports;
        private final SubtaskMachine machine;
        private final SubtaskSettings settings;
        private final Codecs codecs;
        private final SiblingParts siblings;
        private final int index;

        private Build(
                SubtaskCommand.Deploy deploy,
                JobGraph graph,
                Vertex vertex,
                ClassLoader loader,
                SubtaskPorts ports,
                SubtaskMachine machine,
                SubtaskSettings settings) {
            this.deploy = deploy;
            this.graph = graph;
            this.vertex = vertex;
            this.ports = ports;
            this.machine = machine;
            this.settings = settings;
            this.codecs = new Codecs(graph.registeredTypes(), loader);
            this.siblings = new SiblingParts(snapshots, deploy);
            this.index = deploy.subtask().index();
        }

        private RunningSubtask build(SpecialisedClasses vertexClasses) throws Exception {
            SpecialisedClasses specialised =
                    vertex.kind() == Vertex.Kind.ENUMERATOR ? SpecialisedClasses.none() : vertexClasses;
            Wiring wiring = Wiring.of(graph, vertex, index);
            InputGate gate = new InputGate(
                    wiring.inboundCount(), settings.channels().credits(), deploy.exactlyOnce(), feedback());
            Outputs outputs = new Outputs(
                    graph,
                    vertex,
                    EdgeOrigin.of(deploy.job().jobId(), deploy.subtask(), deploy.epoch()),
                    codecs,
                    settings.channels(),
                    (channel, sequence, element) -> ports.sendDown(
                            channel,
                            new DataMessage.Element(
                                    wiring.outbound(channel).channelThere(), deploy.epoch(), sequence, element)),
                    specialised);
            OperatorChain chain = new OperatorChain(members(specialised), outputs, specialised, headInputs());
            try {
                return finish(wiring, gate, outputs, chain, specialised);
            } catch (Throwable e) {
                Exception suppressed = chain.close();
                if (suppressed != null) {
                    e.addSuppressed(suppressed);
                }
                throw e;
            }
        }

        private RunningSubtask finish(
                Wiring wiring, InputGate gate, Outputs outputs, OperatorChain chain, SpecialisedClasses specialised)
                throws Exception {
            KeyedStateBackend state = keyedState(specialised);
            if (state != null) {
                chain.setKeyedState(state);
            }
            Map<String, Map<String, byte[]>> parts = restore(gate, chain, state);
            RunningSubtask.LateRecords lateRecords = new RunningSubtask.LateRecords();
            HostedContext.Shared shared = new HostedContext.Shared(
                    deploy,
                    vertex.parallelism(),
                    graph.maxParallelism(),
                    codecs,
                    chain,
                    ports,
                    machine,
                    lateRecords,
                    specialised,
                    siblings,
                    services);
            List<HostedContext> contexts = new ArrayList<>();
            for (int i = 0; i < vertex.chain().size(); i++) {
                ChainedOperator operator = vertex.chain().get(i);
                contexts.add(new HostedContext(
                        shared, operator, i, parts.getOrDefault(operator.id(), Map.of()), i == 0 ? state : null));
            }
            chain.open(contexts);
            return new RunningSubtask(
                    vertex,
                    deploy.epoch(),
                    machine,
                    ports,
                    settings,
                    new RunningSubtask.Parts(
                            gate,
                            chain,
                            outputs,
                            snapshotWriter(),
                            loops(chain, state),
                            lateRecords,
                            wiring,
                            loopWork(gate, chain, outputs)));
        }

        private @Nullable LoopWork loopWork(InputGate gate, OperatorChain chain, Outputs outputs) {
            return graph.isInLoop(vertex.index()) ? new LoopWork(gate, chain, outputs, vertex.parallelism()) : null;
        }

        /** The channels that bring what the subtask has sent into a loop. */
        private BitSet feedback() {
            List<Edge> edges = Wiring.edgesOfInbound(graph, vertex, index);
            BitSet channels = new BitSet();
            for (int i = 0; i < edges.size(); i++) {
                channels.set(i, graph.isFeedback(edges.get(i)));
            }
            return channels;
        }

        /** An enumerator has no input, and takes what readers ask for otherwise. */
        private int headInputs() {
            return graph.inputsOf(vertex.index()).stream()
                    .mapToInt(edge -> edge.input() + 1)
                    .max()
                    .orElse(0);
        }

        private List<OperatorChain.Member> members(SpecialisedClasses specialised) {
            List<OperatorChain.Member> members = new ArrayList<>();
            for (int i = 0; i < vertex.chain().size(); i++) {
                ChainedOperator chained = vertex.chain().get(i);
                Specialiser place = OperatorChain.specialiserOf(specialised, i, chained.name());
                members.add(new OperatorChain.Member(chained.id(), chained.name(), operatorOf(chained.spec(), place)));
            }
            return members;
        }

        private Operator operatorOf(OperatorSpec spec, Specialiser place) {
            if (vertex.kind() == Vertex.Kind.ENUMERATOR) {
                Edge toReaders = graph.outputsOf(vertex.index()).get(0);
                int readers = graph.vertices().get(toReaders.to()).parallelism();
                return Operators.createEnumerator((OperatorSpec.SourceSpec) spec, readers);
            }
            if (spec instanceof OperatorSpec.IterationSpec iteration) {
                return new LoopHead(iteration, settings.loops(), feedback());
            }
            return Operators.create(spec, place);
        }

        @SuppressWarnings("unchecked")
        private @Nullable KeyedStateBackend keyedState(SpecialisedClasses specialised) {
            if (graph.isLoopHead(vertex.index())) {
                // It keeps nothing by key, however its records are spread.
                return null;
            }
            for (Edge edge : graph.inputsOf(vertex.index())) {
                if (edge.partitioning() == EdgePartitioning.HASH) {
                    KeyCodec<Object> keyCodec = (KeyCodec<Object>) codecs.forKey(edge.keyType());
                    ChainedOperator head = vertex.chain().get(0);
                    return backend.create(new KeyedStateSettings(
                            head.id(),
                            graph.maxParallelism(),
                            KeyGroups.firstOf(index, graph.maxParallelism(), vertex.parallelism()),
                            KeyGroups.endOf(index, graph.maxParallelism(), vertex.parallelism()),
                            keyCodec,
                            codecs::forType,
                            OperatorChain.specialiserOf(specialised, 0, head.name())));
                }
            }
            return null;
        }

        /** The loop of each inbound channel; channels of one edge share it. */
        private RecordLoop[] loops(OperatorChain chain, @Nullable KeyedStateBackend state) {
            List<Edge> edges = Wiring.edgesOfInbound(graph, vertex, index);
            Map<Edge, RecordLoop> byEdge = new HashMap<>();
            RecordLoop[] loops = new RecordLoop[edges.size()];
            for (int i = 0; i < loops.length; i++) {
                loops[i] = byEdge.computeIfAbsent(edges.get(i), edge -> loopOf(edge, chain, state));
            }
            return loops;
        }

        private RecordLoop loopOf(Edge edge, OperatorChain chain, @Nullable KeyedStateBackend state) {
            return state == null || edge.partitioning() != EdgePartitioning.HASH
                    ? chain.plainLoop(edge.input(), state)
                    : chain.keyedLoop(edge.index(), edge.input(), Objects.requireNonNull(edge.keySelector()), state);
        }

        private SnapshotWriter snapshotWriter() {
            SnapshotWriter.Origin origin = new SnapshotWriter.Origin(
                    deploy.job().jobId(),
                    deploy.subtask(),
                    deploy.epoch(),
                    vertex.chain().stream().map(ChainedOperator::id).toList(),
                    KeyGroups.firstOf(index, graph.maxParallelism(), vertex.parallelism()),
                    KeyGroups.endOf(index, graph.maxParallelism(), vertex.parallelism()));
            return new SnapshotWriter(origin, snapshots, ports.ioExecutor());
        }

        /** The operators' parts by operator and name; watermarks and keyed state go where they belong. */
        private Map<String, Map<String, byte[]>> restore(
                InputGate gate, OperatorChain chain, @Nullable KeyedStateBackend state) throws IOException {
            SubtaskCommand.Restore restore = deploy.restore();
            if (restore == null) {
                return Map.of();
            }
            SubtaskManifest manifest = snapshots.manifests().readSubtask(restore.manifest());
            SiblingParts.requireOf(deploy.subtask(), manifest, restore.manifest(), deploy, restore);
            restoreWatermarks(manifest, gate, chain);
            Map<String, Map<String, byte[]>> parts = new HashMap<>();
            for (OperatorState operator : manifest.operators()) {
                requirePlaced(operator);
                Map<String, byte[]> own = new HashMap<>();
                for (Map.Entry<String, StoredFile> part : operator.parts().entrySet()) {
                    own.put(part.getKey(), siblings.bytesOf(part.getValue()));
                }
                parts.put(operator.operatorId(), own);
                restoreRuns(operator, state);
            }
            return parts;
        }

        private void restoreRuns(OperatorState operator, @Nullable KeyedStateBackend state) throws IOException {
            for (StoredFile run : operator.runs()) {
                if (state == null) {
                    throw new IncompatibleDeploymentException("The checkpoint holds keyed state of the operator '"
                            + operator.operatorId() + "', which has no keys any more. Restore its keyBy(..).");
                }
                RunStore runs = snapshots.runs();
                try (var reader = runs.open(run)) {
                    state.restore(reader);
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }

        /** State of an operator that is not there would be lost with the next checkpoint. */
        private void requirePlaced(OperatorState operator) {
            boolean placed =
                    vertex.chain().stream().anyMatch(chained -> chained.id().equals(operator.operatorId()));
            if (!placed) {
                throw new IncompatibleDeploymentException("The checkpoint holds state of the operator '"
                        + operator.operatorId() + "' of " + deploy.subtask()
                        + ", which the job has no more or not there. Restore the operator with that uid, and the former"
                        + " chaining.");
            }
        }

        private void restoreWatermarks(SubtaskManifest manifest, InputGate gate, OperatorChain chain) {
            long[] all = manifest.channelWatermarks().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            int operators = chain.members().size();
            if (all.length != gate.size() + 2 * operators
                    || manifest.channelStatuses().size() != gate.size()) {
                throw new IncompatibleDeploymentException("The manifest of " + deploy.subtask() + " holds " + all.length
                        + " watermarks where the subtask has " + gate.size() + " channels and " + operators
                        + " operators: the chaining or a partitioning has changed. Restore it.");
            }
            long[] channels = new long[gate.size()];
            System.arraycopy(all, 0, channels, 0, channels.length);
            chain.restoreWatermarks(Arrays.copyOfRange(all, channels.length, all.length));
            gate.watermarks().restore(channels, manifest.channelStatuses(), chain.watermark(0));
            chain.setInputIdle(gate.watermarks().isIdle());
            chain.outputs().tellIdlenessAnew();
        }
    }
}

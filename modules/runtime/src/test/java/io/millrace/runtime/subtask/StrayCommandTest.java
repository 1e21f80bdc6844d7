// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.channel.ChannelSettings;
import io.millrace.runtime.protocol.SubtaskCommand;
import io.millrace.state.memory.MemoryStateBackend;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sharding begins an actor for any command; one that is not deployed by it must not stay. */
class StrayCommandTest {
    private static final SubtaskId SUBTASK = new SubtaskId("sink", 0);

    private final List<String> called = new ArrayList<>();
    private final SubtaskPorts ports = (SubtaskPorts) Proxy.newProxyInstance(
            SubtaskPorts.class.getClassLoader(), new Class<?>[] {SubtaskPorts.class}, (proxy, method, args) -> {
                called.add(method.getName());
                return null;
            });

    private SubtaskMachine machine() {
        return new SubtaskMachine(
                ports,
                new SubtaskAssembly(
                        SnapshotServices.on((io.millrace.checkpoint.storage.SnapshotStorage) Proxy.newProxyInstance(
                                SubtaskPorts.class.getClassLoader(),
                                new Class<?>[] {io.millrace.checkpoint.storage.SnapshotStorage.class},
                                (proxy, method, args) -> null)),
                        new MemoryStateBackend(),
                        jobClass -> StrayCommandTest.class.getClassLoader(),
                        new VertexClasses(true)),
                new SubtaskSettings(
                        new ChannelSettings(2, 1, 1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1)));
    }

    @Test
    void anActorThatIsNotDeployedEnds() {
        for (SubtaskCommand command : List.of(
                new SubtaskCommand.Connect(SUBTASK, 1),
                new SubtaskCommand.TriggerCheckpoint(SUBTASK, 1, 1),
                new SubtaskCommand.CheckpointCompleted(SUBTASK, 1, 1),
                new SubtaskCommand.Stop(SUBTASK, 1))) {
            called.clear();
            machine().onCommand(command);
            assertThat(called).as("after %s", command).containsExactly("stopped");
        }
    }
}

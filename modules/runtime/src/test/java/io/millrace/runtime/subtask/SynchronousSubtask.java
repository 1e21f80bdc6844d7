// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/** A subtask's machine whose every message is handled before a call returns. Time stands still, so all work is short. */
final class SynchronousSubtask {
    private final Deque<Runnable> mailbox = new ArrayDeque<>();
    private final List<Object> told = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final SubtaskMachine machine;

    /** What left on a channel. */
    record Sent(int channel, ChannelElement element) {}

    SynchronousSubtask(SubtaskAssembly assembly, SubtaskSettings settings) {
        SubtaskPorts ports = (SubtaskPorts) Proxy.newProxyInstance(
                SubtaskPorts.class.getClassLoader(),
                new Class<?>[] {SubtaskPorts.class},
                (proxy, method, args) -> answer(method.getName(), args));
        machine = new SubtaskMachine(ports, assembly, settings);
    }

    SubtaskMachine machine() {
        return machine;
    }

    /** What the coordinator was told. */
    List<Object> told() {
        return told;
    }

    /** What left since the last call. */
    List<Sent> takeSent() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void data(DataMessage message) {
        machine.onData(message);
        handleAll();
    }

    void command(SubtaskCommand command) {
        machine.onCommand(command);
        handleAll();
    }

    /** Handles what waits, turns included. */
    void handleAll() {
        while (!mailbox.isEmpty()) {
            mailbox.remove().run();
        }
    }

    private Object answer(String method, Object[] args) {
        switch (method) {
            case "execute" -> mailbox.add((Runnable) args[0]);
            case "requestTurn" -> mailbox.add(() -> machine().runTurn());
            case "toCoordinator" -> told.add(args[0]);
            case "sendDown" -> sent.add(new Sent((int) args[0], ((DataMessage.Element) args[1]).element()));
            case "log" -> throw new AssertionError(args[0].toString(), (Throwable) args[1]);
            default -> {}
        }
        return switch (method) {
            case "ioExecutor" -> (Executor) Runnable::run;
            case "clock" -> Clock.systemUTC();
            case "nanoTime" -> 0L;
            case "incarnation" -> 1L;
            case "maxMailboxDepth" -> 0;
            default -> null;
        };
    }
}

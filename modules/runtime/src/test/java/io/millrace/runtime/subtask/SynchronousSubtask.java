// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.SubtaskCommand;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A subtask's machine whose every message is handled before a call returns. Time passes when the test says so: so all
 * work is short, unless each look at the monotonic clock is to take some.
 */
final class SynchronousSubtask {
    private record Delayed(long atMs, Runnable action) {}

    private final Deque<Runnable> mailbox = new ArrayDeque<>();
    private final List<Object> told = new ArrayList<>();
    private final List<ChannelElement> elements = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private final SubtaskMachine machine;
    private final long nanosALook;
    private long nanos;
    private long nowMs;

    /** What left on a channel. */
    record Sent(int channel, ChannelElement element) {}

    SynchronousSubtask(SubtaskAssembly assembly, SubtaskSettings settings) {
        this(assembly, settings, 0, 1_000_000);
    }

    /**
     * @param nanosALook what each look at the monotonic clock takes
     * @param nowMs what the other clock says
     */
    SynchronousSubtask(SubtaskAssembly assembly, SubtaskSettings settings, long nanosALook, long nowMs) {
        this.nanosALook = nanosALook;
        this.nowMs = nowMs;
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

    /** What went down any of the channels, from the beginning. */
    List<ChannelElement> sent() {
        return elements;
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
        while (handleOne()) {
            // There may be more.
        }
    }

    /** Handles the first message that waits, or answers false. */
    boolean handleOne() {
        Runnable message = mailbox.poll();
        if (message == null) {
            return false;
        }
        message.run();
        return true;
    }

    /** Passes time of the clock, handling what is due in order. */
    void passTime(long ms) {
        long until = nowMs + ms;
        while (true) {
            Delayed next = delayed.stream()
                    .filter(due -> due.atMs <= until)
                    .min(Comparator.comparingLong(Delayed::atMs))
                    .orElse(null);
            if (next == null) {
                nowMs = until;
                return;
            }
            delayed.remove(next);
            nowMs = next.atMs;
            next.action.run();
            handleAll();
        }
    }

    /** Actions that wait for their time. */
    int waiting() {
        return delayed.size();
    }

    private Object answer(String method, Object[] args) {
        switch (method) {
            case "execute" -> mailbox.add((Runnable) args[0]);
            case "requestTurn" -> mailbox.add(() -> machine().runTurn());
            case "toCoordinator" -> told.add(args[0]);
            case "sendDown" -> {
                elements.add(((DataMessage.Element) args[1]).element());
                sent.add(new Sent((int) args[0], ((DataMessage.Element) args[1]).element()));
            }
            case "delayed" -> delayed.add(new Delayed(nowMs + ((Duration) args[0]).toMillis(), (Runnable) args[1]));
            case "log" -> throw new AssertionError(args[0].toString(), (Throwable) args[1]);
            default -> {}
        }
        return switch (method) {
            case "ioExecutor" -> (Executor) Runnable::run;
            case "clock" -> Clock.fixed(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC);
            case "nanoTime" -> nanos += nanosALook;
            case "incarnation" -> 1L;
            case "maxMailboxDepth" -> 0;
            default -> null;
        };
    }
}

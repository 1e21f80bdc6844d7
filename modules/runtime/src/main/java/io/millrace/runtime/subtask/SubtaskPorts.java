// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.subtask;

import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.SubtaskEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What a subtask needs of the world. The actor's shell and the simulation implement it. Called by the subtask only,
 * but for {@link #execute} and {@link #delayed}, which any thread may call.
 */
public interface SubtaskPorts {
    /** Called before the first message of an epoch: who is at the other ends of the channels. */
    void connect(Wiring wiring);

    /** Sends to the receiver of an outbound channel. */
    void sendDown(int outboundChannel, DataMessage.Element element);

    /** Sends to the sender of an inbound channel. */
    void sendUp(int inboundChannel, DataMessage message);

    void toCoordinator(SubtaskEvent event);

    /** Has {@link SubtaskMachine#runTurn} called later, after what is in the mailbox now. */
    void requestTurn();

    /** Has {@code action} run on the subtask later, as a control message. */
    void execute(Runnable action);

    /** Has {@code action} run after a delay, on whatever thread. */
    void delayed(Duration delay, Runnable action);

    /** For what blocks. */
    Executor ioExecutor();

    Clock clock();

    /** Monotonic time. */
    long nanoTime();

    /** Most elements that ever waited in the mailbox itself. */
    int maxMailboxDepth();

    /** Tells this actor apart from others of the same subtask. */
    long incarnation();

    /** The subtask has stopped for good: end the actor. */
    void stopped();

    /** Says something to people who read logs. */
    void log(String message, Throwable cause);
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import com.typesafe.config.Config;
import io.millrace.runtime.protocol.DataLane;
import java.util.concurrent.atomic.LongAccumulator;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.jctools.queues.MpscUnboundedArrayQueue;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * A subtask's mailbox: control goes ahead of data. Data is bounded by the credits of the subtask's channels; the hard
 * limit here is far above and only ever met when that protocol is broken. Then the sender fails, and with it the epoch:
 * nothing goes to dead letters.
 */
public final class TwoLaneMailbox implements MailboxType, ProducesMessageQueue<TwoLaneMailbox.Queue> {
    private static final int CHUNK = 256;

    private final int dataLimit;

    /** For Pekko, which makes mailboxes from the configuration. */
    public TwoLaneMailbox(ActorSystem.Settings settings, Config config) {
        this.dataLimit = config.getInt("data-limit");
    }

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        MailboxDepths depths = system.isDefined() ? MailboxDepths.get(system.get()) : null;
        Queue queue = new Queue(dataLimit, depths);
        if (owner.isDefined() && depths != null) {
            depths.add(owner.get().path(), queue);
        }
        return queue;
    }

    /** The two lanes. Many producers, one consumer. */
    public static final class Queue implements MessageQueue {
        private final MpscUnboundedArrayQueue<Envelope> control = new MpscUnboundedArrayQueue<>(CHUNK);
        private final MpscUnboundedArrayQueue<Envelope> data = new MpscUnboundedArrayQueue<>(CHUNK);
        private final LongAccumulator maxDataDepth = new LongAccumulator(Math::max, 0);
        private final int dataLimit;
        private final @Nullable MailboxDepths depths;

        Queue(int dataLimit, @Nullable MailboxDepths depths) {
            this.dataLimit = dataLimit;
            this.depths = depths;
        }

        @Override
        public void enqueue(ActorRef receiver, Envelope envelope) {
            if (!(envelope.message() instanceof DataLane)) {
                control.offer(envelope);
                return;
            }
            int depth = data.size();
            if (depth >= dataLimit) {
                throw new IllegalStateException("The data lane of " + receiver.path() + " holds " + depth
                        + " messages, its limit: a sender has ignored its credit.");
            }
            data.offer(envelope);
            maxDataDepth.accumulate(depth + 1L);
        }

        @Override
        @SuppressWarnings("NullAway")
        public @Nullable Envelope dequeue() {
            Envelope next = control.poll();
            return next != null ? next : data.poll();
        }

        @Override
        public int numberOfMessages() {
            return control.size() + data.size();
        }

        @Override
        public boolean hasMessages() {
            return !control.isEmpty() || !data.isEmpty();
        }

        @Override
        public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
            if (depths != null) {
                depths.remove(owner.path());
            }
            // What is left belongs to an epoch that is over, or to a job that has ended: nobody waits for it.
            control.clear();
            data.clear();
        }

        int maxDataDepth() {
            return (int) maxDataDepth.get();
        }
    }
}

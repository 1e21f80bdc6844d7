// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.placement;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/** The mailboxes of a node's subtasks, so that their depth can be reported. Thread-safe. */
public final class MailboxDepths implements Extension {
    /** Finds the extension. */
    public static final class Id extends AbstractExtensionId<MailboxDepths> implements ExtensionIdProvider {
        static final Id INSTANCE = new Id();

        private Id() {}

        @Override
        public Id lookup() {
            return INSTANCE;
        }

        @Override
        public MailboxDepths createExtension(ExtendedActorSystem system) {
            return new MailboxDepths();
        }
    }

    private final Map<ActorPath, TwoLaneMailbox.Queue> queues = new ConcurrentHashMap<>();

    private MailboxDepths() {}

    public static MailboxDepths get(org.apache.pekko.actor.ActorSystem system) {
        return Id.INSTANCE.get(system);
    }

    void add(ActorPath owner, TwoLaneMailbox.Queue queue) {
        queues.put(owner, queue);
    }

    void remove(ActorPath owner) {
        queues.remove(owner);
    }

    /** Most data messages that ever waited in the mailbox of that actor; 0 where it is not known. */
    public int maxDepth(ActorPath owner) {
        TwoLaneMailbox.Queue queue = queues.get(owner);
        return queue == null ? 0 : queue.maxDataDepth();
    }
}

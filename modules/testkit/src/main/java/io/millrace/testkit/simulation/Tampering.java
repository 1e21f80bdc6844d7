// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.DataMessage;
import java.util.List;

/** Puts bugs in from the outside: a workload that does so stands between subtasks, and before the storage. */
interface Tampering {
    /**
     * An element arrives in a mailbox.
     *
     * @param waiting elements of its channel and epoch that wait there, oldest first
     * @return what is to wait in their place and its own
     */
    List<DataMessage.Element> onArrival(
            SubtaskId receiver, Wiring wiring, List<DataMessage.Element> waiting, DataMessage.Element element);

    /** What is to be stored in place of a file's bytes. */
    byte[] onStore(String path, byte[] bytes);
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.coordination.SubtaskId;
import io.millrace.runtime.channel.Wiring;
import io.millrace.runtime.protocol.ChannelElement;
import io.millrace.runtime.protocol.DataMessage;
import io.millrace.runtime.protocol.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** Does what an engine with one of the bugs would do. */
final class LoopTampering {
    private static final String LOG_PART = "-feedback_2dlog.part";
    /** The format, and no batch. */
    private static final byte[] EMPTY_LOG = {1, 0};

    private static final int MANY_ROUNDS = 1_000;

    private final LoopBug bug;

    LoopTampering(LoopBug bug) {
        this.bug = bug;
    }

    byte[] onStore(String path, byte[] bytes) {
        return bug == LoopBug.LOG_DROPPED && path.endsWith(LOG_PART) ? EMPTY_LOG : bytes;
    }

    List<DataMessage.Element> onArrival(
            SubtaskId receiver, Wiring wiring, List<DataMessage.Element> waiting, DataMessage.Element element) {
        if (receiver.vertexId().equals(LoopJob.HEAD)) {
            boolean feedback =
                    !wiring.inbound(element.channel()).subtask().vertexId().startsWith(LoopJob.OUTSIDE);
            if (overtakes(feedback, element.element())) {
                return overtaking(waiting, element);
            }
            return append(waiting, with(element, changed(feedback, element.element())));
        }
        return append(waiting, element);
    }

    private boolean overtakes(boolean feedback, ChannelElement element) {
        return feedback && bug == LoopBug.LOG_CLOSED_EARLY && element instanceof ChannelElement.Barrier;
    }

    private ChannelElement changed(boolean feedback, ChannelElement element) {
        if (bug == LoopBug.HEADS_JUDGE_ALONE && feedback && element instanceof ChannelElement.Probe probe) {
            return new ChannelElement.Probe(probe.round(), MANY_ROUNDS);
        }
        return element;
    }

    private static List<DataMessage.Element> append(List<DataMessage.Element> waiting, DataMessage.Element last) {
        List<DataMessage.Element> all = new ArrayList<>(waiting);
        all.add(last);
        return all;
    }

    /** It goes ahead of the records that wait; the numbers stay in order, as they are those of the channel. */
    private static List<DataMessage.Element> overtaking(
            List<DataMessage.Element> waiting, DataMessage.Element element) {
        List<DataMessage.Element> all = append(waiting, element);
        int last = all.size() - 1;
        while (last > 0 && all.get(last - 1).element() instanceof RecordBatch) {
            ChannelElement before = all.get(last - 1).element();
            all.set(last - 1, with(all.get(last - 1), all.get(last).element()));
            all.set(last, with(all.get(last), before));
            last--;
        }
        return all;
    }

    private static DataMessage.Element with(DataMessage.Element element, ChannelElement content) {
        return new DataMessage.Element(element.channel(), element.epoch(), element.sequence(), content);
    }
}

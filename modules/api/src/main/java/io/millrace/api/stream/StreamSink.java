// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;
import io.millrace.api.graph.Transformation;

/** The end of a stream. */
@Stable
public final class StreamSink {
    private final Transformation node;

    StreamSink(Transformation node) {
        this.node = node;
    }

    /** Names the sink, for people. */
    public StreamSink name(String name) {
        node.setName(name);
        return this;
    }

    /** Sets the stable id under which the sink's state is kept; needed where it commits. */
    public StreamSink uid(String uid) {
        node.setUid(uid);
        return this;
    }

    /** Sets the sink's number of subtasks. */
    public StreamSink setParallelism(int parallelism) {
        node.setParallelism(parallelism);
        return this;
    }

    /** Declares that the sink's writer blocks: its subtasks run on a dispatcher of their own. */
    public StreamSink blocking() {
        node.setBlocking();
        return this;
    }

    /** Never runs the sink in one chain with others. */
    public StreamSink disableChaining() {
        node.disableChaining();
        return this;
    }

    /** Sets the slot sharing group: see {@link DataStream#slotSharingGroup}. */
    public StreamSink slotSharingGroup(String group) {
        node.setSlotSharingGroup(group);
        return this;
    }
}

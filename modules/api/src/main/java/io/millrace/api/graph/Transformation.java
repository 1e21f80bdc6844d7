// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.JobDefinitionException;
import io.millrace.api.types.TypeHint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operator of the logical plan. Mutable while the job is defined. Confined to the defining thread. */
@Internal
public final class Transformation {
    private final int id;
    private final OperatorSpec spec;
    private final List<StreamInput> inputs = new ArrayList<>();
    private String name;
    private @Nullable String uid;
    private int parallelism;
    private boolean blocking;
    private boolean chainingAllowed = true;
    private boolean chainStart;
    private @Nullable String slotSharingGroup;
    private @Nullable TypeHint<?> outputType;

    Transformation(int id, OperatorSpec spec, List<StreamInput> inputs) {
        this.id = id;
        this.spec = spec;
        this.inputs.addAll(inputs);
        this.name = spec.label();
    }

    static int checkParallelism(int parallelism, String what) {
        if (parallelism < 1 || parallelism > 32_768) {
            throw new JobDefinitionException(
                    "A parallelism is 1 to 32768; " + what + " was set to " + parallelism + ".");
        }
        return parallelism;
    }

    /** Position in the plan, from 0. */
    public int id() {
        return id;
    }

    public OperatorSpec spec() {
        return spec;
    }

    /** Empty for sources; several for a union, and where an operator has several inputs. */
    public List<StreamInput> inputs() {
        return Collections.unmodifiableList(inputs);
    }

    /** Adds an input that comes back to the head of a loop: the one kind that may read what is defined later. */
    public void addFeedback(StreamInput feedback) {
        inputs.add(feedback);
    }

    /** What people see; the operator's kind where the job sets none. */
    public String name() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** The user's stable id of the operator's state, or null where none was set. */
    public @Nullable String uid() {
        return uid;
    }

    public void setUid(String uid) {
        // It names folders, so it must not be one that means another.
        if (uid.length() > 120 || !uid.matches("[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new JobDefinitionException("The uid '" + uid + "' of " + name
                    + " must be 1 to 120 characters of letters, digits, '.', '_' and '-', not only dots.");
        }
        this.uid = uid;
    }

    /** Number of subtasks; 0 means the job's default. */
    public int parallelism() {
        return parallelism;
    }

    public void setParallelism(int parallelism) {
        this.parallelism = checkParallelism(parallelism, name);
    }

    /** True when its user code blocks, so that its subtasks run on the dispatcher for blocking code. */
    public boolean blocking() {
        return blocking;
    }

    public void setBlocking() {
        this.blocking = true;
    }

    public boolean chainingAllowed() {
        return chainingAllowed;
    }

    public void disableChaining() {
        this.chainingAllowed = false;
    }

    /** True when it must be the first of its chain. */
    public boolean startsChain() {
        return chainStart;
    }

    public void startNewChain() {
        this.chainStart = true;
    }

    /** The slot sharing group that the job set, or null to take that of the inputs. */
    public @Nullable String slotSharingGroup() {
        return slotSharingGroup;
    }

    public void setSlotSharingGroup(String group) {
        if (group.isBlank()) {
            throw new JobDefinitionException("The slot sharing group of '" + name + "' has no name. Give it one, such"
                    + " as slotSharingGroup(\"heavy\"), or leave it out to share slots with the operator's inputs.");
        }
        this.slotSharingGroup = group;
    }

    /** The declared type of its main output, or null where none was declared. */
    public @Nullable TypeHint<?> outputType() {
        return outputType;
    }

    public void setOutputType(TypeHint<?> outputType) {
        this.outputType = outputType;
    }
}

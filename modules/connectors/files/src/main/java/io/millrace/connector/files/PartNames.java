// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import io.millrace.api.sink.SinkWriterContext;

/**
 * The names of a sink's part files.
 *
 * <p>A final name holds the checkpoint that covers the file: {@code part-<job>-<operator>-<epoch>-<subtask>-<checkpoint>}.
 * While a file is written that checkpoint is not known yet, so a pending name holds the one <em>after whose barrier</em>
 * the file begins: {@code .part-<job>-<operator>-<epoch>-<subtask>-<checkpoint before>.pending}. As files roll at every
 * barrier, that names a file of an epoch and subtask just as well.
 *
 * <p>It also decides what may be deleted when a job goes on from checkpoint R in a later epoch. A pending file that
 * begins after barrier R or a later one is in no checkpoint up to R: its records come again, and nothing will ever
 * commit it, so it goes. One that begins before barrier R ended at barrier R at the latest; it is among the committables
 * of R or an earlier checkpoint, which are yet to be committed again, so it stays.
 *
 * <p>Ids are made safe for file names one to one (no two ids become the same name): letters and digits stay,
 * {@code -} becomes {@code .} so that the parts of a name can be told apart, {@code _} becomes {@code __}, all else
 * {@code _x} and four hexadecimal digits.
 */
final class PartNames {
    private static final String SUFFIX = ".pending";

    private final String prefix;
    private final String ownEpochAndSubtask;
    private final long epoch;
    private final int subtaskIndex;
    private final int parallelism;

    PartNames(SinkWriterContext context) {
        this.prefix = "part-" + safe(context.jobId()) + "-" + safe(context.operatorId()) + "-";
        this.ownEpochAndSubtask = context.epoch() + "-" + context.subtaskIndex() + "-";
        this.epoch = context.epoch();
        this.subtaskIndex = context.subtaskIndex();
        this.parallelism = context.parallelism();
    }

    String pending(long checkpointBefore) {
        return "." + prefix + ownEpochAndSubtask + checkpointBefore + SUFFIX;
    }

    String committed(long checkpoint) {
        return prefix + ownEpochAndSubtask + checkpoint;
    }

    /**
     * Whether a file was left behind by an older epoch of this operator and can never be committed. Each file is judged
     * by one subtask: its own, or where there are fewer now, the one that its index falls to.
     */
    boolean isAbandoned(String name, long restoredCheckpointId) {
        String start = "." + prefix;
        if (!name.startsWith(start) || !name.endsWith(SUFFIX)) {
            return false;
        }
        String[] numbers =
                name.substring(start.length(), name.length() - SUFFIX.length()).split("-", -1);
        if (numbers.length != 3) {
            return false;
        }
        try {
            long itsEpoch = Long.parseLong(numbers[0]);
            int itsSubtask = Integer.parseInt(numbers[1]);
            long checkpointBefore = Long.parseLong(numbers[2]);
            return itsEpoch < epoch
                    && itsSubtask % parallelism == subtaskIndex
                    && checkpointBefore >= restoredCheckpointId;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /**
     * Whether a committed file belongs to a checkpoint later than the one the job goes on from. That happens only when
     * a completed checkpoint turned out to be unreadable and the job fell back past it: its records come again.
     */
    boolean isOvertaken(String name, long restoredCheckpointId) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        String[] numbers = name.substring(prefix.length()).split("-", -1);
        if (numbers.length != 3) {
            return false;
        }
        try {
            return Long.parseLong(numbers[0]) < epoch
                    && Integer.parseInt(numbers[1]) % parallelism == subtaskIndex
                    && Long.parseLong(numbers[2]) > restoredCheckpointId;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The hidden name of a file that was withdrawn. */
    static String withdrawn(String name) {
        return ".withdrawn-" + name;
    }

    static String safe(String id) {
        StringBuilder safe = new StringBuilder(id.length());
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
                safe.append(c);
            } else if (c == '-') {
                safe.append('.');
            } else if (c == '_') {
                safe.append("__");
            } else {
                safe.append("_x").append(String.format("%04x", (int) c));
            }
        }
        return safe.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import io.millrace.loadtests.profile.Frame.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** What one recording says, added up. Confined to one thread. */
final class Profile {
    private static final String ENGINE = "io.millrace.";
    private static final Frame CUT = new Frame("(deeper callers were cut off)", "", Owner.OTHER);

    /** Processor time, in samples. */
    final CallTree cpu = new CallTree();
    /** Allocation, in bytes (the recorder's estimate from its samples). */
    final CallTree allocation = new CallTree();

    /** Each sample counted for the operator nearest to where it was taken, so functions and libraries count there. */
    final Tally samplesByOperator = new Tally();

    final Tally bytesByOperator = new Tally();
    final Tally selfByFrame = new Tally();
    final Tally selfByOwner = new Tally();
    final Tally bytesByFrame = new Tally();
    final Tally bytesByType = new Tally();
    long allocationSamples;
    long samplesWithoutStack;
    long samplesCutOff;
    long bytesLost;
    long collections;
    long pauseNanos;
    long longestPauseNanos;
    /** Processor time of the collector; 0 before JDK 20, which does not record it. */
    long collectorCpuNanos;

    private final double[] cpuLoads = new double[3];
    private long cpuLoadEvents;

    private Profile() {}

    static Profile read(Path recording) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                profile.add(events.readEvent());
            }
        }
        return profile;
    }

    /** The mean share of all processors, 0 to 1: this JVM in user mode, in system mode, and the whole machine. */
    double[] cpuLoad() {
        double[] mean = new double[cpuLoads.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = cpuLoadEvents == 0 ? 0 : cpuLoads[i] / cpuLoadEvents;
        }
        return mean;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> addSample(event);
            case "jdk.ObjectAllocationSample" -> addAllocation(event);
            case "jdk.GarbageCollection" -> addCollection(event);
            case "jdk.GCCPUTime" ->
                collectorCpuNanos += event.getDuration("userTime").toNanos()
                        + event.getDuration("systemTime").toNanos();
            case "jdk.CPULoad" -> addLoad(event);
            case "jdk.DataLoss" -> bytesLost += event.getLong("amount");
            default -> {
                // The recorder's own notes on its settings.
            }
        }
    }

    private void addSample(RecordedEvent event) {
        List<Frame> stack = stack(event, event.getThread("sampledThread"));
        if (stack.size() < 2) {
            samplesWithoutStack++;
            return;
        }
        cpu.add(stack, 1);
        samplesByOperator.add(nearestOperator(stack), 1);
        Frame self = stack.get(stack.size() - 1);
        selfByFrame.add(self.label(), 1);
        selfByOwner.add(self.owner().title(), 1);
    }

    private void addAllocation(RecordedEvent event) {
        List<Frame> stack = stack(event, event.getThread());
        long bytes = event.getLong("weight");
        Frame type = FrameNames.allocated(event.getClass("objectClass").getName());
        allocationSamples++;
        bytesByFrame.add(stack.get(stack.size() - 1).label(), bytes);
        bytesByType.add(type.label(), bytes);
        bytesByOperator.add(nearestOperator(stack), bytes);
        stack.add(type);
        allocation.add(stack, bytes);
    }

    private void addCollection(RecordedEvent event) {
        collections++;
        pauseNanos += event.getDuration("sumOfPauses").toNanos();
        longestPauseNanos =
                Math.max(longestPauseNanos, event.getDuration("longestPause").toNanos());
    }

    private void addLoad(RecordedEvent event) {
        cpuLoadEvents++;
        cpuLoads[0] += event.getFloat("jvmUser");
        cpuLoads[1] += event.getFloat("jvmSystem");
        cpuLoads[2] += event.getFloat("machineTotal");
    }

    /** The stack, root first, behind its group of threads. Alone, that frame says there was no stack. */
    private List<Frame> stack(RecordedEvent event, @Nullable RecordedThread thread) {
        List<Frame> stack = new ArrayList<>();
        RecordedStackTrace trace = event.getStackTrace();
        if (trace != null) {
            addFrames(trace.getFrames(), stack);
        }
        if (trace != null && trace.isTruncated()) {
            samplesCutOff++;
            stack.add(CUT);
        }
        stack.add(FrameNames.threads(thread == null ? null : thread.getJavaName()));
        Collections.reverse(stack);
        return stack;
    }

    /**
     * Adds named frames, leaf first. What lies below the engine's first frame is the dispatcher and the actor: the same
     * for all subtasks, and said by the group of threads.
     */
    private static void addFrames(List<RecordedFrame> leafFirst, List<Frame> stack) {
        int end = leafFirst.size();
        while (end > 0 && !isEngine(leafFirst.get(end - 1))) {
            end--;
        }
        for (RecordedFrame recorded : leafFirst.subList(0, end == 0 ? leafFirst.size() : end)) {
            RecordedMethod method = recorded.getMethod();
            Frame frame = FrameNames.frame(method.getType().getName(), method.getName(), method.isHidden());
            if (frame != null) {
                stack.add(frame);
            }
        }
    }

    private static String nearestOperator(List<Frame> stack) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            Frame frame = stack.get(i);
            if (frame.owner() == Owner.OPERATOR) {
                return frame.label().substring(0, frame.label().lastIndexOf('.'));
            }
        }
        return "(no operator) " + stack.get(0).label();
    }

    private static boolean isEngine(RecordedFrame frame) {
        return frame.getMethod().getType().getName().startsWith(ENGINE);
    }
}

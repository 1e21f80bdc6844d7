// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.source;

import io.millrace.api.source.SourceReader;
import io.millrace.api.time.Timestamps;
import io.millrace.api.time.WatermarkAlignment;
import io.millrace.operators.OperatorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Keeps the splits of one reader from running ahead of the others in their group. The subtask tells the coordinator its
 * lowest watermark, and is told the group's: every interval, so that a message that was lost does no harm; at its first
 * watermark; and when a split is paused, since what it waits for may have been overtaken. Splits that are idle, and
 * readers that are at their end, hold nobody. Confined to the subtask.
 */
final class SourceAlignment<T> {
    private final WatermarkAlignment settings;
    private final ActiveSplits<T> splits;
    private final SourceReader<T, ?> reader;
    private final OperatorContext context;
    /** What splits may reach; at first there is none to wait for. */
    private long limit = Timestamps.END;

    private boolean pausesSplits = true;
    private boolean paused;
    private boolean told;
    private boolean ended;

    SourceAlignment(
            WatermarkAlignment settings, ActiveSplits<T> splits, SourceReader<T, ?> reader, OperatorContext context) {
        this.settings = settings;
        this.splits = splits;
        this.reader = reader;
        this.context = context;
    }

    void start() {
        context.schedule(settings.updateInterval(), () -> {
            tell();
            start();
        });
    }

    /** True when the reader is not to be polled. */
    boolean isPaused() {
        return paused;
    }

    /** The reader is at its end. */
    void end() {
        ended = true;
        paused = false;
        tell();
    }

    private void tell() {
        told = true;
        context.reportWatermark(settings.group(), ended ? Timestamps.END : splits.lowestActive());
    }

    /** The coordinator says where the group is. */
    void onLowest(long lowest) throws Exception {
        limit = settings.limit(lowest);
        update();
    }

    /** Pauses and resumes according to where the splits are now. */
    void update() throws Exception {
        if (ended) {
            return;
        }
        if (!told && splits.lowestActive() > Timestamps.NONE && !splits.isEmpty()) {
            tell();
        }
        List<String> pausing = new ArrayList<>();
        List<String> resuming = new ArrayList<>();
        boolean ahead = false;
        boolean behind = false;
        for (Map.Entry<String, ActiveSplit<T>> entry : splits.byId().entrySet()) {
            ActiveSplit<T> split = entry.getValue();
            if (!split.paused && split.quiet().isIdle()) {
                continue;
            }
            boolean tooFar = split.watermark() > limit;
            ahead |= tooFar;
            behind |= !tooFar;
            if (tooFar != split.paused) {
                (tooFar ? pausing : resuming).add(entry.getKey());
                split.paused = tooFar;
            }
        }
        if (pausesSplits && !(pausing.isEmpty() && resuming.isEmpty())) {
            pausesSplits = reader.pauseOrResumeSplits(pausing, resuming);
        }
        paused = !pausesSplits && ahead && !behind;
        if (!pausing.isEmpty()) {
            tell();
        }
    }
}

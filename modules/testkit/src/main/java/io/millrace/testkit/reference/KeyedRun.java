// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.TimerService;
import io.millrace.api.stream.OutputTag;
import io.millrace.api.time.TimeDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The timers of one key, sorted, and what was emitted for it. */
final class KeyedRun implements KeyedCoProcessFunction.OnTimerContext<Object>, TimerService, Collector<Object> {
    /**
     * A timer of the key.
     *
     * @param inTime true when what it emits cannot be late
     */
    record Timer(long time, boolean inTime) {}

    private final Object key;
    private final TreeMap<Long, Boolean> timers = new TreeMap<>();
    private final List<KeyedProcessModel.Emission> emissions = new ArrayList<>();
    private boolean timersSet;
    // Of the record or timer that is being processed.
    private long timestamp;
    private boolean byTimer;
    private boolean inTime;

    KeyedRun(Object key) {
        this.key = key;
    }

    void begin(long newTimestamp, boolean isTimer, boolean isInTime) {
        timestamp = newTimestamp;
        byTimer = isTimer;
        inTime = isInTime;
    }

    /** Takes the first timer that a watermark has reached, or null. */
    @Nullable
    Timer nextUntil(long watermark) {
        if (timers.isEmpty() || timers.firstKey() > watermark) {
            return null;
        }
        Map.Entry<Long, Boolean> first = timers.pollFirstEntry();
        return new Timer(first.getKey(), first.getValue());
    }

    boolean timersWereSet() {
        return timersSet;
    }

    List<KeyedProcessModel.Emission> emissions() {
        return emissions;
    }

    @Override
    public Object currentKey() {
        return key;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public TimerService timerService() {
        return this;
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        emissions.add(new KeyedProcessModel.Emission(tag, value, timestamp, byTimer, inTime));
    }

    @Override
    public void collect(Object value) {
        emissions.add(new KeyedProcessModel.Emission(null, value, timestamp, byTimer, inTime));
    }

    @Override
    public long currentWatermark() {
        throw new UndecidedException("the function asks for the watermark");
    }

    /** One a time. What comes of a timer is in time where what set it was, and it is not for the past. */
    @Override
    public void registerEventTimeTimer(long time) {
        timersSet = true;
        boolean sure = inTime && (byTimer ? time > timestamp : time >= timestamp);
        timers.merge(time, sure, Boolean::logicalOr);
    }

    @Override
    public TimeDomain timeDomain() {
        return TimeDomain.EVENT_TIME;
    }

    @Override
    public long currentProcessingTime() {
        throw new UndecidedException("the function asks for the clock");
    }

    @Override
    public void registerProcessingTimeTimer(long time) {
        throw new UndecidedException("the clock decides when the function's timers fire");
    }

    @Override
    public void deleteProcessingTimeTimer(long time) {
        throw new UndecidedException("the clock decides when the function's timers fire");
    }

    @Override
    public void deleteEventTimeTimer(long time) {
        timers.remove(time);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.JobDefinitionException;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.MergingWindowAssigner;
import io.millrace.api.window.Trigger;
import io.millrace.api.window.WindowAssigner;
import org.jspecify.annotations.Nullable;

/** What can be told of a window when it is defined. */
final class WindowChecks {
    private WindowChecks() {}

    static void check(WindowAssigner<?, ?> assigner, Lateness<?> lateness, @Nullable Trigger<?, ?> chosen) {
        Trigger<?, ?> trigger = chosen == null ? assigner.defaultTrigger() : chosen;
        if (trigger.neverFires()) {
            throw new JobDefinitionException("The windows '" + assigner + "' with the trigger '" + trigger
                    + "' never fire, so they would never have a result: give them another with trigger(..), such as"
                    + " PurgingTrigger.of(CountTrigger.of(100)).");
        }
        if (assigner instanceof MergingWindowAssigner && !trigger.canMerge()) {
            throw new JobDefinitionException(
                    "The trigger '" + trigger + "' cannot be used with the windows '" + assigner
                            + "', which merge: use one whose canMerge() answers true and that implements onMerge(..).");
        }
        if (!assigner.isEventTime() && (lateness.allowedMs() > 0 || lateness.sideOutput() != null)) {
            throw new JobDefinitionException("No record is late for the windows '" + assigner
                    + "', which do not end by event time: remove late(..), allowedLateness(..) and"
                    + " sideOutputLateData(..), or use event-time windows.");
        }
    }
}

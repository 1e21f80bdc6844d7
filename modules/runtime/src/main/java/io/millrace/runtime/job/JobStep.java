// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What a message leads to: events to journal, and then, only then, effects.
 *
 * <p>Mutable while it is put together by the machine; handed out once.
 */
public final class JobStep {
    private final List<JobEvent> events = new ArrayList<>();
    private final List<JobEffect> effects = new ArrayList<>();

    void persist(JobEvent event) {
        events.add(event);
    }

    void then(JobEffect effect) {
        effects.add(effect);
    }

    public List<JobEvent> events() {
        return events;
    }

    public List<JobEffect> effects() {
        return effects;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.HashMap;
import java.util.Map;

/** What happened in a simulation, in words for whoever looks into a seed, and in numbers for tests. */
final class Chronicle {
    private final Map<String, Integer> happened = new HashMap<>();
    private final StringBuilder said = new StringBuilder();

    void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    int happened(String what) {
        return happened.getOrDefault(what, 0);
    }

    void say(long nowMs, String what) {
        said.append(nowMs).append(" ms: ").append(what).append(System.lineSeparator());
    }

    String said() {
        return said.toString();
    }
}

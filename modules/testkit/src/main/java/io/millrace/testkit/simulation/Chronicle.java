// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.HashMap;
import java.util.Map;

/** What happened in a simulation, in words for whoever looks into a seed, and in numbers for tests; and who is who. */
final class Chronicle {
    private final Map<String, Integer> happened = new HashMap<>();
    private final StringBuilder said = new StringBuilder();
    private final Map<String, Integer> names = new HashMap<>();

    /** A number for a name, from 1: the same whenever it is asked for. */
    int numberOf(String name) {
        return names.computeIfAbsent(name, added -> names.size() + 1);
    }

    /** A number that no name has. */
    int nextNumber() {
        return numberOf("number " + names.size());
    }

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

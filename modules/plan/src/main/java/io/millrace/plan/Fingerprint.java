// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every definition of a job must agree on.
 *
 * @param parts hashes by what they cover, such as {@code vertex 2 (count)} or {@code class com.acme.Fraud}, so that a
 *     difference can be named; unmodifiable, its order kept
 */
public record Fingerprint(Map<String, String> parts) {
    static final String CLASS_PREFIX = "class ";

    public Fingerprint {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** The parts that describe the dataflow, without the bytes of user classes. */
    public Fingerprint structure() {
        Map<String, String> structural = new LinkedHashMap<>(parts);
        structural.keySet().removeIf(part -> part.startsWith(CLASS_PREFIX));
        return new Fingerprint(structural);
    }

    /** What differs from another fingerprint, a line each; empty when they are equal. */
    public List<String> differences(Fingerprint other) {
        List<String> differences = new ArrayList<>();
        parts.forEach((part, hash) -> {
            String theirs = other.parts.get(part);
            if (theirs == null) {
                differences.add(part + ": only here");
            } else if (!theirs.equals(hash)) {
                differences.add(part + ": differs");
            }
        });
        for (String part : other.parts.keySet()) {
            if (!parts.containsKey(part)) {
                differences.add(part + ": only there");
            }
        }
        return differences;
    }

    /** One short hash of all parts, for people and logs: 16 hexadecimal digits. */
    public String digest() {
        Digest digest = new Digest();
        new TreeMap<>(parts).forEach((part, hash) -> digest.text(part).text(hash));
        return digest.hex();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import io.millrace.api.source.Source;
import java.util.List;

/** Knows what sources hold. */
@FunctionalInterface
public interface Reading {
    /**
     * A record in a source.
     *
     * @param timestamp given by the source, or {@link io.millrace.api.time.Timestamps#NONE}
     */
    record Sourced(Object value, long timestamp) {}

    /** What each split of a source holds, in order. */
    List<List<Sourced>> splitsOf(Source<?, ?, ?> source);
}

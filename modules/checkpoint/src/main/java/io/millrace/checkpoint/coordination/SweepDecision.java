// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files may be deleted.
 *
 * @param orphans paths that nobody needs, in the order of the listing
 * @param heldBackBecause why nothing may be deleted now, for the log; null when the decision could be made
 */
public record SweepDecision(List<String> orphans, @Nullable String heldBackBecause) {
    public SweepDecision {
        orphans = List.copyOf(orphans);
    }

    static SweepDecision heldBack(String reason) {
        return new SweepDecision(List.of(), reason);
    }
}

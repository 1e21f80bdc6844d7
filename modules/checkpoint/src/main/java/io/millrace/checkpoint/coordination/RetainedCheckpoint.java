// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.coordination;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that the journal retains, with the files it needs.
 *
 * @param checkpoint what the journal says
 * @param referencedPaths every file it needs, its manifests included; null when one of its manifests could not be read
 */
public record RetainedCheckpoint(
        CompletedCheckpoint checkpoint, @Nullable Set<String> referencedPaths) {
    public RetainedCheckpoint {
        referencedPaths = referencedPaths == null ? null : Set.copyOf(referencedPaths);
    }

    /** One whose manifest, or a manifest named in it, could not be read. */
    public static RetainedCheckpoint unreadable(CompletedCheckpoint checkpoint) {
        return new RetainedCheckpoint(checkpoint, null);
    }
}

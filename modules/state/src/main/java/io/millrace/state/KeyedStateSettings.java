// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.plan.KeyGroups;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.Specialiser;

/**
 * What a backend needs to know of its operator and subtask.
 *
 * @param operatorId for messages
 * @param maxParallelism number of key groups of the job, 1 to 65,536
 * @param firstKeyGroup the first key group that the subtask owns
 * @param endKeyGroup the key group after the last; equal to the first where the subtask owns none
 * @param keyCodec of the operator's keys
 * @param codecs of the states' declared types
 * @param specialiser makes instances of the backend's per-record classes, which other jobs must not share
 */
public record KeyedStateSettings(
        String operatorId,
        int maxParallelism,
        int firstKeyGroup,
        int endKeyGroup,
        KeyCodec<Object> keyCodec,
        CodecLookup codecs,
        Specialiser specialiser) {
    public KeyedStateSettings {
        if (maxParallelism < 1 || maxParallelism > RunKeys.NUMBER_LIMIT) {
            throw new IllegalArgumentException("Operator '" + operatorId + "' has a max parallelism of "
                    + maxParallelism + "; it must be 1 to " + RunKeys.NUMBER_LIMIT + ".");
        }
        if (firstKeyGroup < 0 || endKeyGroup < firstKeyGroup || endKeyGroup > maxParallelism) {
            throw new IllegalArgumentException("Operator '" + operatorId + "' is given the key groups " + firstKeyGroup
                    + " up to, not including, " + endKeyGroup + " of " + maxParallelism + ": that is no range.");
        }
    }

    /** The key group of a key's hash. */
    public int keyGroupOf(int keyHash) {
        return KeyGroups.ofHash(keyHash, maxParallelism);
    }

    /** True when the subtask owns the key group. */
    public boolean owns(int keyGroup) {
        return keyGroup >= firstKeyGroup && keyGroup < endKeyGroup;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.checkpoint.storage.StoredFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One operator's snapshot in one subtask.
 *
 * @param operatorId the operator's stable id
 * @param firstKeyGroup first key group that the runs cover
 * @param endKeyGroup key group after the last; equal to {@code firstKeyGroup} where there is no keyed state
 * @param runs sorted runs of keyed state, newest first
 * @param parts the operator's other state, by name; kept sorted
 */
public record OperatorState(
        String operatorId, int firstKeyGroup, int endKeyGroup, List<StoredFile> runs, Map<String, StoredFile> parts) {
    public OperatorState {
        Require.notEmpty("operatorId", operatorId);
        Require.atLeast("firstKeyGroup", 0, firstKeyGroup);
        Require.atLeast("endKeyGroup", firstKeyGroup, endKeyGroup);
        if (!runs.isEmpty() && firstKeyGroup == endKeyGroup) {
            throw new IllegalArgumentException(
                    "runs: expected none, as the operator covers no key group, found " + runs.size());
        }
        runs = List.copyOf(runs);
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }
}

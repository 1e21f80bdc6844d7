// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import io.millrace.api.graph.OperatorSpec;

/**
 * One operator of a chain.
 *
 * @param id stable id in the job: the uid, or one made from its position where it has no state
 * @param name for people
 * @param spec what it does
 */
public record ChainedOperator(String id, String name, OperatorSpec spec) {
    /** False where the id is the operator's place in the definition, and so another once the job is changed. */
    public boolean hasStableId() {
        return !OperatorIds.isPosition(id, spec);
    }
}

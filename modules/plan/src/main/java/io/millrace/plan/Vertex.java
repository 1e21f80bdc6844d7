// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.util.List;

/**
 * One step of the job graph: a chain of operators.
 *
 * @param index position in the graph
 * @param id stable id: that of the chain's first operator, with the suffix {@code .splits} for enumerators
 * @param name names of its operators, for people
 * @param kind what brings records in
 * @param parallelism number of subtasks
 * @param blocking true when its user code blocks
 * @param slotSharingGroup the group whose slots its subtasks take
 * @param chain its operators in order; for an enumerator the source's one
 */
public record Vertex(
        int index,
        String id,
        String name,
        Kind kind,
        int parallelism,
        boolean blocking,
        String slotSharingGroup,
        List<ChainedOperator> chain) {
    /** The group of operators that ask for none. */
    public static final String DEFAULT_GROUP = "default";

    public enum Kind {
        /** Runs a source's split enumerator; parallelism one, no inputs. */
        ENUMERATOR,
        /** Its chain begins with a source's readers; its one input is the enumerator's. */
        SOURCE,
        /** Its chain begins with an operator that takes records from channels. */
        OPERATOR
    }
}

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
public record ChainedOperator(String id, String name, OperatorSpec spec) {}

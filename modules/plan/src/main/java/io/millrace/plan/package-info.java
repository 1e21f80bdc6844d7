// SPDX-License-Identifier: Apache-2.0
/**
 * From the logical plan to the job graph: chaining, ids, key groups, validation, fingerprint. Pure; entry type
 * {@link io.millrace.plan.Planner}.
 */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;

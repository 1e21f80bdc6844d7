// SPDX-License-Identifier: Apache-2.0
/**
 * The queries as Millrace jobs, written as a user would write them.
 *
 * <p>They differ from the SQL of the Nexmark benchmark where that leaves the answer open: ties are broken by a total
 * order, so that every parallelism answers the same.
 */
@NullMarked
package io.millrace.loadtests.nexmark.jobs;

import org.jspecify.annotations.NullMarked;

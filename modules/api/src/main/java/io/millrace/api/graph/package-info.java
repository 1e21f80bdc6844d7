// SPDX-License-Identifier: Apache-2.0
/**
 * The logical plan that a definition builds: what the streams of {@code io.millrace.api.stream} write and the planner
 * reads. Not for users.
 */
@NullMarked
package io.millrace.api.graph;

import org.jspecify.annotations.NullMarked;

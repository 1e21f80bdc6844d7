// SPDX-License-Identifier: Apache-2.0
/** Runs a job's {@code define} where it is needed: on the coordinator, and once for every subtask. */
@NullMarked
package io.millrace.runtime.definition;

import org.jspecify.annotations.NullMarked;

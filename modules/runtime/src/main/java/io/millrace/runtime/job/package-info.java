// SPDX-License-Identifier: Apache-2.0
/**
 * One job's coordinator: {@link io.millrace.runtime.job.JobMachine} decides, {@link io.millrace.runtime.job.JobRecord}
 * is what the journal says, and the actor carries out. What is not in the journal did not happen.
 */
@NullMarked
package io.millrace.runtime.job;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Jobs and streams drawn by seed, run in the simulation and compared with what the reference model says of them:
 * {@link io.millrace.testkit.generated.GeneratedCases} begins. A job is a list of steps; a seed that fails is tried again
 * with fewer steps and records, as long as it still fails. Each case is confined to the thread that runs it.
 */
@NullMarked
package io.millrace.testkit.generated;

import org.jspecify.annotations.NullMarked;

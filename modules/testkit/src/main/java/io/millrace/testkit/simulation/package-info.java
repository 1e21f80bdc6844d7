// SPDX-License-Identifier: Apache-2.0
/**
 * A whole job in one thread, on virtual time, from one seed: the real machines of coordinator and subtasks, the real
 * operators, state and manifests, with a simulated mailbox, network, journal, snapshot storage and sink around them that
 * fail as the seed says. {@link io.millrace.testkit.simulation.SimulationRunner} runs seeds and says how to repeat one
 * that failed. Each simulation is confined to the thread that runs it.
 */
@NullMarked
package io.millrace.testkit.simulation;

import org.jspecify.annotations.NullMarked;

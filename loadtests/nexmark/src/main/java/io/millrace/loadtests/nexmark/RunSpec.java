// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

/**
 * What to run.
 *
 * @param job its number in this JVM, from 1
 * @param parallelism subtasks of each operator, where the engine has any
 * @param events how many, bids and others
 * @param seed of the events
 * @param eventsPerSecond events in a second of event time
 */
record RunSpec(Query query, int job, int parallelism, long events, long seed, long eventsPerSecond) {}

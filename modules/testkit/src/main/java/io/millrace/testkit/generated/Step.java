// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

/**
 * One step of building a job. What it needs of chance it draws from its own seed, so that steps before it may be left
 * out without changing it.
 *
 * @param on which of the open streams it goes on with, counted around
 */
record Step(StepKind kind, int on, long seed) {}

// SPDX-License-Identifier: Apache-2.0
/**
 * Micro-benchmarks of the engine's path of a record. Beside each stands the plain loop that a person would write for
 * the same: results are told as a ratio to it, which survives a change of machine. {@link
 * io.millrace.loadtests.jmh.BenchmarkCommand} runs them; what they need of the engine's inner classes is in {@code
 * SubtaskHost} and {@code KeyedStateHost} alone.
 */
@NullMarked
package io.millrace.loadtests.jmh;

import org.jspecify.annotations.NullMarked;

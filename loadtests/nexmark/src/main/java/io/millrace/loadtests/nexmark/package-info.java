// SPDX-License-Identifier: Apache-2.0
/**
 * The command that runs Nexmark queries on Millrace and as plain loops, and prints what it measured.
 *
 * <p>{@link io.millrace.loadtests.nexmark.NexmarkCommand} is the entry. Each run is one {@code Engine} with one
 * {@code Query}; a comparison runs each in a JVM of its own.
 */
@NullMarked
package io.millrace.loadtests.nexmark;

import org.jspecify.annotations.NullMarked;

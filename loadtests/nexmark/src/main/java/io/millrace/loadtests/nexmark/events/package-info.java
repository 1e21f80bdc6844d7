// SPDX-License-Identifier: Apache-2.0
/**
 * The events of the Nexmark benchmark, made so cheaply that a measurement is one of the engine.
 *
 * <p>{@link io.millrace.loadtests.nexmark.events.EventStream} is the entry; {@code EventSource} hands its events to jobs.
 *
 * <p>The proportions, ids and distributions are those of the Nexmark benchmark (Tucker, Tufte, Papadimos, Maier:
 * "NEXMark - A Benchmark for Queries over Data Streams", 2002) as the generator of Apache Beam fixed them, from which
 * those of Flink and others descend: https://beam.apache.org/documentation/sdks/java/testing/nexmark/ and
 * https://github.com/nexmark/nexmark.
 */
@NullMarked
package io.millrace.loadtests.nexmark.events;

import org.jspecify.annotations.NullMarked;

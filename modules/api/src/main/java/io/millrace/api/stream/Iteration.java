// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Evolving;

/**
 * What the body of a loop gives.
 *
 * @param feedback what goes back to the head of the loop
 * @param output what comes out of it
 * @param <T> records in the loop
 * @param <R> records that come out
 */
@Evolving
public record Iteration<T, R>(DataStream<T> feedback, DataStream<R> output) {}

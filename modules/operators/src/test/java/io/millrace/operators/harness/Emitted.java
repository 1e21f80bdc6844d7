// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

/** A record with its timestamp, as an operator emitted it. */
public record Emitted(Object record, long timestamp) {}

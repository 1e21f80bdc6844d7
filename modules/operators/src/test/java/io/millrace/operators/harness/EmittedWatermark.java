// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.harness;

/** A watermark that an operator emitted of its own. */
public record EmittedWatermark(long watermark) {}

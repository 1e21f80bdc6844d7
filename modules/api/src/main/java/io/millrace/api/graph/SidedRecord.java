// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;

/**
 * A record of one of two streams that share windows.
 *
 * @param left true for the left stream
 */
@Internal
public record SidedRecord(boolean left, Object value) {}

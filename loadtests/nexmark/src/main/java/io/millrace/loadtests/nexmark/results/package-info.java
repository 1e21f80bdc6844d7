// SPDX-License-Identifier: Apache-2.0
/**
 * What queries answer, and how answers are compared: a count and a checksum that does not depend on their order.
 *
 * <p>{@link io.millrace.loadtests.nexmark.results.Tally} is the entry, the same for every engine.
 */
@NullMarked
package io.millrace.loadtests.nexmark.results;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * The queries as the plainest single-threaded loops over the same events: what an engine is compared with.
 *
 * <p>Collections of {@code java.util}, no framework, nothing clever, nothing slow on purpose.
 */
@NullMarked
package io.millrace.loadtests.nexmark.loops;

import org.jspecify.annotations.NullMarked;

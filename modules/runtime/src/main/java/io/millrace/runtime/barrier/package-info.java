// SPDX-License-Identifier: Apache-2.0
/** Alignment of barriers over the channels of a gate. Pure. */
@NullMarked
package io.millrace.runtime.barrier;

import org.jspecify.annotations.NullMarked;

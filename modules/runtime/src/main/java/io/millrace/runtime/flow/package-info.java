// SPDX-License-Identifier: Apache-2.0
/**
 * Credits and sequence numbers of channels. Credit flow as in Kung, Blackwell and Chapman, "Credit-based flow control
 * for ATM networks" (1994): a sender sends what the receiver has room for, so no queue between them grows. Pure.
 */
@NullMarked
package io.millrace.runtime.flow;

import org.jspecify.annotations.NullMarked;

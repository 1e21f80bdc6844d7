// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

import io.millrace.loadtests.nexmark.events.Bid;
import org.jspecify.annotations.Nullable;

/**
 * A change of a table of bids.
 *
 * @param bid the row from now on
 * @param replaced the row until now, or null where there was none
 */
public record BidChange(Bid bid, @Nullable Bid replaced) {}

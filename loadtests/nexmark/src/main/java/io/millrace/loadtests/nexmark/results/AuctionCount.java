// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

/**
 * How many bids an auction got in a window.
 *
 * @param windowEnd first timestamp after the window, milliseconds since the epoch
 */
public record AuctionCount(long windowEnd, long auction, long bids) {}

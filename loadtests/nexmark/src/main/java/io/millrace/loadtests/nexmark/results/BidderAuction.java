// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

/** Who bids for what: a key. */
public record BidderAuction(long bidder, long auction) {}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

/**
 * A bid's auction and price.
 *
 * @param price cents
 */
public record AuctionPrice(long auction, long price) {}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

/** Counts; mutable, for an aggregate. */
final class BidCount {
    private long bids;

    void add(long more) {
        bids += more;
    }

    long bids() {
        return bids;
    }
}

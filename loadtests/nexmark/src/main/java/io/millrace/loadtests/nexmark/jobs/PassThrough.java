// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.jobs;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;

/** Query 0: every bid as it is. */
public final class PassThrough implements StreamJob {
    @Override
    public void define(StreamEnvironment env) {
        Bids.tally(env, Bids.of(env));
    }
}

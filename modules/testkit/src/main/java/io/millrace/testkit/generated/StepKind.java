// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.api.stream.DataStream;

/** What a generated job can be made of. */
enum StepKind {
    MAP(StatelessSteps::map),
    FILTER(StatelessSteps::filter),
    FLAT_MAP(StatelessSteps::flatMap),
    PROCESS(StatelessSteps::process),
    UNION(StatelessSteps::union),
    FORK(StatelessSteps::fork),
    SPREAD(StatelessSteps::spread),
    BROADCAST(StatelessSteps::broadcast),
    WATERMARKS(StatelessSteps::watermarks),
    REDUCE(KeyedSteps::reduce),
    RUNNING(KeyedSteps::running),
    NUMBERING(KeyedSteps::numbering),
    TIMERS(KeyedSteps::timers),
    DEADLINES(KeyedSteps::deadlines),
    WINDOW_REDUCE(WindowSteps::reduce),
    WINDOW_AGGREGATE(WindowSteps::aggregate),
    WINDOW_PROCESS(WindowSteps::process),
    WINDOW_SUM(WindowSteps::sum),
    WINDOW_COUNT(WindowSteps::count),
    WINDOW_ALL(WindowSteps::all),
    LEDGER(KeyedSteps::ledger),
    CONNECT(ConnectSteps::stateless),
    CO_PROCESS(ConnectSteps::keyed),
    INTERVAL_JOIN(JoinSteps::interval),
    CONSERVED_WINDOWS(Conserving::windows),
    CONSERVED_ORDER(Conserving::order);

    /** Goes on with a stream. */
    @FunctionalInterface
    interface Builder {
        void build(Building building, DataStream<Item> in);
    }

    private final Builder builder;

    StepKind(Builder builder) {
        this.builder = builder;
    }

    Builder builder() {
        return builder;
    }
}

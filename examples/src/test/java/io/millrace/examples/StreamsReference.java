// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.function.AsyncRetry;
import io.millrace.api.function.BroadcastProcessFunction;
import io.millrace.api.function.Collector;
import io.millrace.api.function.KeyedCoProcessFunction;
import io.millrace.api.function.KeyedProcessFunction;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.source.CollectionSource;
import io.millrace.api.state.AggregatingState;
import io.millrace.api.state.AggregatingStateDescriptor;
import io.millrace.api.state.ListState;
import io.millrace.api.state.ListStateDescriptor;
import io.millrace.api.state.MapState;
import io.millrace.api.state.MapStateDescriptor;
import io.millrace.api.state.ReducingState;
import io.millrace.api.state.ReducingStateDescriptor;
import io.millrace.api.state.ValueState;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Iteration;
import io.millrace.api.stream.KeyedStream;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.api.window.TumblingEventTimeWindows;
import io.millrace.examples.DataStreamReference.Trade;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the reference of the DataStream API shows of several streams, partitioning and state. */
final class StreamsReference {
    record Quote(String symbol, long time, long price) {}

    static final List<Quote> QUOTES =
            List.of(new Quote("A", 3_000, 11), new Quote("A", 13_000, 14), new Quote("B", 50_000, 21));

    private StreamsReference() {}

    // begin joins
    static DataStream<String> windowJoin(KeyedStream<String, Trade> trades, KeyedStream<String, Quote> quotes) {
        return trades.join(quotes)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .inner((trade, quote) -> trade.symbol() + " " + trade.price() + "/" + quote.price())
                .uid("trades-and-quotes-of-10-s");
    }

    static DataStream<String> coGroup(KeyedStream<String, Trade> trades, KeyedStream<String, Quote> quotes) {
        return trades.coGroup(quotes)
                .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
                .<String>apply((ofTrades, ofQuotes, out) -> {
                    long sum = 0;
                    for (Trade trade : ofTrades) {
                        sum += trade.price();
                    }
                    for (Quote quote : ofQuotes) {
                        out.collect(quote.symbol() + " " + quote.price() + " quoted, " + sum + " traded");
                    }
                })
                .uid("both-of-10-s");
    }

    static DataStream<String> intervalJoin(KeyedStream<String, Trade> trades, KeyedStream<String, Quote> quotes) {
        return trades.intervalJoin(quotes)
                .between(Duration.ofSeconds(-3), Duration.ofSeconds(2))
                .lowerBoundExclusive()
                .inner((trade, quote) -> trade.price() + "/" + quote.price())
                .uid("quotes-near-trades");
    }

    static DataStream<String> outerJoin(KeyedStream<String, Trade> trades, KeyedStream<String, Quote> quotes) {
        return trades.intervalJoin(quotes)
                .retaining(Duration.ofSeconds(1))
                .full((trade, quote) ->
                        (trade == null ? "-" : trade.price()) + "/" + (quote == null ? "-" : quote.price()))
                .uid("trades-and-quotes");
    }
    // end joins

    // begin connect
    static DataStream<String> union(DataStream<String> first, DataStream<String> second) {
        return first.union(second);
    }

    /** Each quote with the price of the latest trade before it, as far as they come in that order. */
    static final class Latest extends KeyedCoProcessFunction<String, Trade, Quote, String> {
        private ValueState<Trade> latest;

        @Override
        public void open(RuntimeContext context) {
            latest = context.getState(new ValueStateDescriptor<>("latest", Trade.class));
        }

        @Override
        public void processElement1(Trade trade, Context<String> context, Collector<String> out) {
            latest.update(trade);
        }

        @Override
        public void processElement2(Quote quote, Context<String> context, Collector<String> out) {
            out.collect(quote.symbol() + (latest.value() == null ? " unknown" : " known"));
        }
    }

    static DataStream<String> connect(DataStream<Trade> trades, DataStream<Quote> quotes) {
        return trades.connect(quotes)
                .keyBy(Trade::symbol, Quote::symbol, String.class)
                .process(new Latest())
                .uid("latest-trades");
    }

    static final MapStateDescriptor<String, Long> PRICES = new MapStateDescriptor<>("prices", String.class, Long.class);

    /** Every subtask knows the latest quotes. */
    static final class Compare extends BroadcastProcessFunction<Trade, Quote, String> {
        @Override
        public void processElement(Trade trade, ReadOnlyContext context, Collector<String> out) {
            Long quoted = context.getBroadcastState(PRICES).get(trade.symbol());
            out.collect(trade.symbol() + " " + (quoted == null ? "without a quote" : "quoted"));
        }

        @Override
        public void processBroadcastElement(Quote quote, Context context, Collector<String> out) {
            context.getBroadcastState(PRICES).put(quote.symbol(), quote.price());
        }
    }

    static DataStream<String> broadcast(DataStream<Trade> trades, DataStream<Quote> quotes) {
        return trades.connect(quotes.broadcast(PRICES)).process(new Compare()).uid("quotes-everywhere");
    }
    // end connect

    // begin async
    static DataStream<String> async(DataStream<Trade> trades) {
        return trades.<String>async(
                        trade -> CompletableFuture.supplyAsync(() -> List.of(trade.symbol() + " " + trade.price())))
                .capacity(50)
                .timeout(Duration.ofSeconds(10))
                .retry(AsyncRetry.fixed(Duration.ofMillis(100), 3).onException(e -> e instanceof IOException))
                .ordered()
                .uid("asked");
    }
    // end async

    // begin iterations
    /** Halves each price until it is below 10: as often as it takes, it goes round. */
    static DataStream<Long> iterate(DataStream<Trade> trades) {
        return trades.map(Trade::price).returns(Long.class).iterate(loop -> {
            DataStream<Long> halved = loop.uid("loop").map(price -> price / 2).returns(Long.class);
            return new Iteration<>(halved.filter(price -> price >= 10), halved.filter(price -> price < 10));
        });
    }
    // end iterations

    // begin partitioning
    static DataStream<String> partitioned(DataStream<Trade> trades) {
        return trades.rebalance() // or rescale(), shuffle(), global(), broadcast(), forward()
                .map(trade -> trade.symbol() + " " + trade.price())
                .setParallelism(3)
                .disableChaining()
                .slotSharingGroup("heavy")
                .partitionCustom((symbol, subtasks) -> symbol.charAt(0) % subtasks, text -> text.substring(0, 1))
                .map(text -> text + "!")
                .setParallelism(2)
                .startNewChain();
    }
    // end partitioning

    // begin state
    /** All kinds of state of a key. */
    static final class AllStates extends KeyedProcessFunction<String, Trade, String> {
        private ListState<Long> prices;
        private MapState<Long, Long> timesOfPrices;
        private ReducingState<Long> highest;
        private AggregatingState<Trade, Double> mean;

        @Override
        public void open(RuntimeContext context) {
            prices = context.getListState(new ListStateDescriptor<>("prices", Long.class));
            timesOfPrices = context.getMapState(new MapStateDescriptor<>("times", Long.class, Long.class));
            highest = context.getReducingState(new ReducingStateDescriptor<>("highest", Math::max, Long.class));
            mean = context.getAggregatingState(
                    new AggregatingStateDescriptor<>("mean", new DataStreamReference.Mean(), long[].class));
        }

        @Override
        public void processElement(Trade trade, Context<String> context, Collector<String> out) throws Exception {
            prices.add(trade.price());
            timesOfPrices.put(trade.price(), trade.time());
            highest.add(trade.price());
            mean.add(trade);
            out.collect(trade.symbol() + " " + prices.get().size() + " " + timesOfPrices.contains(10L) + " "
                    + highest.get() + " " + mean.get());
        }
    }

    static DataStream<String> states(DataStream<Trade> trades) {
        return trades.keyBy(Trade::symbol, String.class)
                .process(new AllStates())
                .uid("states");
    }

    /** Counts the records of a subtask; where the number of subtasks changes, the counts are dealt out again. */
    static final class Counting implements MapFunction<Trade, Long> {
        private ListState<Long> counts;

        @Override
        public void open(RuntimeContext context) {
            counts = context.getOperatorListState(new ListStateDescriptor<>("counts", Long.class));
        }

        @Override
        public Long map(Trade trade) {
            long count = 1 + counts.get().stream().mapToLong(Long::longValue).sum();
            counts.update(List.of(count));
            return count;
        }
    }

    static DataStream<Long> operatorState(DataStream<Trade> trades) {
        return trades.map(new Counting()).uid("counted").setParallelism(1);
    }
    // end state

    static DataStream<Quote> quotes(StreamEnvironment env) {
        return env.fromSource(
                        new CollectionSource<>(QUOTES),
                        WatermarkStrategy.<Quote>forMonotonousTimestamps()
                                .withTimestampAssigner((quote, ignored) -> quote.time()),
                        "quotes")
                .uid("quotes")
                .returns(Quote.class);
    }
}

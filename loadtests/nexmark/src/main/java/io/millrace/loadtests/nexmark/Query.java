// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import io.millrace.api.StreamJob;
import io.millrace.loadtests.nexmark.jobs.CurrencyConversion;
import io.millrace.loadtests.nexmark.jobs.HighestBid;
import io.millrace.loadtests.nexmark.jobs.HotItems;
import io.millrace.loadtests.nexmark.jobs.LastBids;
import io.millrace.loadtests.nexmark.jobs.PassThrough;
import io.millrace.loadtests.nexmark.jobs.SelectedAuctions;
import io.millrace.loadtests.nexmark.loops.CurrencyConversionLoop;
import io.millrace.loadtests.nexmark.loops.HighestBidLoop;
import io.millrace.loadtests.nexmark.loops.HotItemsLoop;
import io.millrace.loadtests.nexmark.loops.LastBidsLoop;
import io.millrace.loadtests.nexmark.loops.Loop;
import io.millrace.loadtests.nexmark.loops.PassThroughLoop;
import io.millrace.loadtests.nexmark.loops.SelectedAuctionsLoop;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A query of the benchmark, in all the forms it is written in. */
enum Query {
    Q0(PassThrough.class, PassThroughLoop::new),
    Q1(CurrencyConversion.class, CurrencyConversionLoop::new),
    Q2(SelectedAuctions.class, SelectedAuctionsLoop::new),
    Q5(HotItems.class, HotItemsLoop::new),
    Q7(HighestBid.class, HighestBidLoop::new),
    Q18(LastBids.class, LastBidsLoop::new);

    private final Class<? extends StreamJob> job;
    private final Supplier<Loop> loop;

    Query(Class<? extends StreamJob> job, Supplier<Loop> loop) {
        this.job = job;
        this.loop = loop;
    }

    Class<? extends StreamJob> job() {
        return job;
    }

    Loop loop() {
        return loop.get();
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<Query> {
        @Override
        public Query convert(String text) {
            return Arrays.stream(values())
                    .filter(query -> query.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "There is no query '" + text + "'; there are " + Arrays.toString(values()) + "."));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark.results;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SinkWriterContext;

/** Tallies results and keeps nothing of them. Each writer has a tally of its own, and hands it in at barriers. */
public final class TallySink implements Sink<Object> {
    private final String label;

    /**
     * @param label of the {@link Measurement} that takes the tallies
     */
    public TallySink(String label) {
        this.label = label;
    }

    @Override
    public SinkWriter<Object> createWriter(SinkWriterContext context) {
        return new Writer(Measurement.of(label));
    }

    private static final class Writer implements SinkWriter<Object> {
        private final Measurement measurement;
        private final Tally tally = new Tally();
        private long resultsHandedIn;
        private long checksumHandedIn;

        private Writer(Measurement measurement) {
            this.measurement = measurement;
        }

        @Override
        public void write(Object result, long timestamp) {
            tally.add(result);
        }

        @Override
        public void flush(boolean endOfInput) {
            measurement.add(tally.results() - resultsHandedIn, tally.checksum() - checksumHandedIn);
            resultsHandedIn = tally.results();
            checksumHandedIn = tally.checksum();
        }
    }
}

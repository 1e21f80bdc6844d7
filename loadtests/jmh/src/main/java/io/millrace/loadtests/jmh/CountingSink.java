// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import io.millrace.api.sink.Sink;
import io.millrace.api.sink.SinkWriter;
import io.millrace.api.sink.SinkWriterContext;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Counts records and adds up their amounts, as cheaply as can be, for whoever started the job in this JVM. */
final class CountingSink implements Sink<Event> {
    /** Records between two publications of the count: what a reader sees is at most so many behind, a writer. */
    static final int PUBLISHED_EVERY = 256;

    private static final ConcurrentHashMap<String, List<Writer>> WRITERS = new ConcurrentHashMap<>();

    private final String label;

    CountingSink(String label) {
        this.label = label;
    }

    /** Records that the sinks of that label have got, but for the last few. Any thread may ask. */
    static long published(String label) {
        long sum = 0;
        for (Writer writer : writers(label)) {
            sum += writer.published.get();
        }
        return sum;
    }

    /** The sum of all amounts; only for the thread that runs the sinks, or when they are at rest. */
    static long sum(String label) {
        return writers(label).stream().mapToLong(writer -> writer.sum).sum();
    }

    private static List<Writer> writers(String label) {
        return WRITERS.computeIfAbsent(label, ignored -> new CopyOnWriteArrayList<>());
    }

    @Override
    public SinkWriter<Event> createWriter(SinkWriterContext context) {
        return writerOf(label);
    }

    /** A writer as the sinks of that label have. */
    static SinkWriter<Event> writerOf(String label) {
        Writer writer = new Writer();
        writers(label).add(writer);
        return writer;
    }

    /** Confined to its subtask, but for what is published. */
    private static final class Writer implements SinkWriter<Event> {
        private final AtomicLong published = new AtomicLong();
        private long records;
        private long sum;

        @Override
        public void write(Event event, long timestamp) {
            sum += event.amount();
            if (++records % PUBLISHED_EVERY == 0) {
                published.lazySet(records);
            }
        }
    }
}

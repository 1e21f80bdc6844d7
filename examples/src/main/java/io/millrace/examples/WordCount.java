// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.PrintSink;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.Keyed;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.files.FileSource;

/** Counts words: prints each with its count so far. Argument: {@code --input FILE_OR_GLOB} (default: a built-in text). */
public final class WordCount implements StreamJob {
    static final String[] TEXT = {
        "A mill race is the channel that carries water to the wheel of a mill",
        "The water turns the wheel and the wheel turns the mill",
        "What leaves the wheel leaves through the tail race",
    };

    public static void main(String[] args) throws Exception {
        LocalRun.of(WordCount.class, args);
    }

    @Override
    public void define(StreamEnvironment env) {
        counts(env)
                .map(count -> count.key() + " " + count.value())
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }

    static DataStream<Keyed<String, Long>> counts(StreamEnvironment env) {
        DataStream<String> lines = env.args()
                .get("input")
                .<DataStream<String>>map(
                        input -> env.fromSource(FileSource.lines(input), WatermarkStrategy.noWatermarks(), "lines"))
                .orElseGet(() -> env.fromElements(TEXT));
        return lines.uid("lines")
                .flatMap(new Words())
                .name("words")
                .uid("words")
                .returns(String.class)
                .keyBy(word -> word, String.class)
                .sum(word -> 1)
                .uid("counts");
    }
}

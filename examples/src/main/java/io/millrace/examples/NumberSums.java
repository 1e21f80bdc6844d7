// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.api.sink.PrintSink;
import java.util.List;
import java.util.stream.LongStream;

/** Running sums of the even and of the odd numbers. Argument: {@code --count N}, the numbers 1 to N (default 10). */
public final class NumberSums implements StreamJob {
    private static final int DEFAULT_COUNT = 10;

    @Override
    public void define(StreamEnvironment env) {
        long count = env.args().getLong("count", DEFAULT_COUNT);
        List<Long> numbers = LongStream.rangeClosed(1, count).boxed().toList();
        env.fromCollection(numbers)
                .uid("numbers")
                .returns(Long.class)
                .keyBy(number -> number % 2 == 0 ? "even" : "odd", String.class)
                .sum(number -> number)
                .uid("sums")
                .map(sum -> sum.key() + " " + sum.value())
                .uid("rows")
                .sinkTo(new PrintSink<>())
                .uid("print");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.sink;

import io.millrace.api.Stable;
import java.io.PrintStream;

/** Prints each record on a line of standard output. At least once: records are printed again after a recovery. */
@Stable
public final class PrintSink<T> implements Sink<T> {
    private final String prefix;

    public PrintSink() {
        this("");
    }

    /** Prints {@code prefix} before each record. */
    public PrintSink(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public SinkWriter<T> createWriter(SinkWriterContext context) {
        PrintStream out = System.out;
        return (record, timestamp) -> out.println(prefix + record);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.ProcessAllWindowFunction;
import io.millrace.api.function.ProcessWindowFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.function.WrappedFunction;
import io.millrace.api.window.Window;

/** A function of windows without keys, under a key that it does not see. */
final class AllWindowFunction<I, O, W extends Window>
        implements ProcessWindowFunction<I, O, String, W>, WrappedFunction {
    private final ProcessAllWindowFunction<I, O, W> function;

    AllWindowFunction(ProcessAllWindowFunction<I, O, W> function) {
        this.function = function;
    }

    @Override
    public void open(RuntimeContext context) throws Exception {
        function.open(context);
    }

    @Override
    public void process(String key, Context<W> context, Iterable<I> contents, Collector<O> out) throws Exception {
        function.process(context, contents, out);
    }

    @Override
    public void clear(String key, Context<W> context) throws Exception {
        function.clear(context);
    }

    @Override
    public void close() throws Exception {
        function.close();
    }

    @Override
    public Object wrapped() {
        return function;
    }
}

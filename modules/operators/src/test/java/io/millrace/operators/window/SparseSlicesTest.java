// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AggregateFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.WindowBody;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.api.window.Lateness;
import io.millrace.api.window.SlidingEventTimeWindows;
import io.millrace.operators.Operator;
import io.millrace.operators.builtin.StateCodecs;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import io.millrace.serialization.KeyCodec;
import io.millrace.specialisation.Specialiser;
import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.memory.MemoryStateBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that are seen seldom, in windows that overlap much. */
class SparseSlicesTest {
    private static final Codecs CODECS = new Codecs(Map.of());

    private long lookUps;

    private long lookUpsOfOneRecord(int windows) throws Exception {
        lookUps = 0;
        KeyCodec<Object> keys = keyCodec();
        KeyedStateBackend backend = new MemoryStateBackend()
                .create(new KeyedStateSettings("windows", 16, 0, 16, keys, CODECS::forType, Specialiser.ordinary()));
        OperatorSpec.WindowSpec spec = new OperatorSpec.WindowSpec(
                SlidingEventTimeWindows.of(Duration.ofMillis(windows), Duration.ofMillis(1)),
                new WindowBody.Aggregating(new Count(), TypeHint.of(Long.class), null),
                Lateness.drop(),
                null,
                null);
        Operator operator = new WindowOperators(Specialiser.ordinary(), new Given()).create(spec);
        OperatorHarness harness = OperatorHarness.keyed(operator, counting(backend), Timestamps.NONE);
        harness.process("a", keys.hash("a"), 1L, 0);
        harness.advance(Timestamps.END);
        assertThat(harness.emitted()).hasSizeGreaterThanOrEqualTo(windows);
        return lookUps;
    }

    @Test
    void aRecordCostsAsManyLookUpsAsItHasWindows() throws Exception {
        long few = lookUpsOfOneRecord(100);
        long many = lookUpsOfOneRecord(3_600);

        assertThat(few).isLessThan(10 * 100);
        assertThat(many).isLessThan(10 * 3_600);
    }

    private KeyedStateBackend counting(KeyedStateBackend backend) {
        return (KeyedStateBackend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyedStateBackend.class}, (proxy, method, args) -> {
                    Object answer = call(backend, method, args);
                    return method.getName().equals("namespacedValue") ? countingValues(answer) : answer;
                });
    }

    private Object countingValues(Object values) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {NamespacedValueState.class}, (proxy, method, args) -> {
                    lookUps++;
                    return call(values, method, args);
                });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] args) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static KeyCodec<Object> keyCodec() {
        return (KeyCodec<Object>) (KeyCodec<?>) CODECS.forKey(TypeHint.of(String.class));
    }

    private static final class Given implements StateCodecs {
        @Override
        public <T> Codec<T> codecOf(Codecs codecs, TypeHint<?> type) {
            return codecs.forTypeOrSelfDescribing(type);
        }
    }

    private static final class Count implements AggregateFunction<Long, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long record, Long accumulator) {
            return accumulator + record;
        }

        @Override
        public Long getResult(Long accumulator) {
            return accumulator;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }
    }
}

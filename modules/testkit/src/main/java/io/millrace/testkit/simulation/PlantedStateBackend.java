// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.state.KeyedStateBackend;
import io.millrace.state.KeyedStateSettings;
import io.millrace.state.NamespacedValueState;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.StateBackend;
import io.millrace.state.StateMeta;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State that forgets some of what it is given, for the bug that is planted. Thread-safe as the one behind it. */
final class PlantedStateBackend implements StateBackend {
    private final StateBackend behind;
    private final PlantedBug bug;

    PlantedStateBackend(StateBackend behind, PlantedBug bug) {
        this.behind = behind;
        this.bug = bug;
    }

    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public KeyedStateBackend create(KeyedStateSettings settings) {
        return (KeyedStateBackend) Proxy.newProxyInstance(
                KeyedStateBackend.class.getClassLoader(),
                new Class<?>[] {KeyedStateBackend.class},
                new Forgetting(behind.create(settings), bug));
    }

    /** Changes what two methods do, and hands all others through. */
    private record Forgetting(KeyedStateBackend behind, PlantedBug bug) implements InvocationHandler {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object[] given = arguments == null ? new Object[0] : arguments;
            if (bug == PlantedBug.TIMERS_NOT_RESTORED && method.getName().equals("restore")) {
                given = new Object[] {new WithoutTimers((RunReader) given[0])};
            }
            Object answer;
            try {
                answer = method.invoke(behind, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
            return bug == PlantedBug.SLICES_FORGOTTEN
                            && method.getName().equals("namespacedValue")
                            && answer instanceof NamespacedValueState<?, ?> state
                    ? new ForgettingSlices<>(state)
                    : answer;
        }
    }

    /** Leaves out every other timer. */
    private static final class WithoutTimers implements RunReader {
        private final RunReader run;
        private int timers;

        private WithoutTimers(RunReader run) {
            this.run = run;
        }

        @Override
        public List<StateMeta> states() {
            return run.states();
        }

        @Override
        public boolean next() throws IOException {
            while (run.next()) {
                StateMeta state = run.states().get(RunKeys.stateNumber(run.key()));
                if (state.kind() != StateMeta.Kind.TIMERS || timers++ % 2 == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] key() {
            return run.key();
        }

        @Override
        public byte[] value() {
            return run.value();
        }

        @Override
        public void close() throws IOException {
            run.close();
        }
    }

    /** Does not find one of two slices when a window asks for it that is not the last to do so. */
    private record ForgettingSlices<N, T>(NamespacedValueState<N, T> behind) implements NamespacedValueState<N, T> {
        @Override
        public @Nullable T peek(N namespace) {
            return (namespace.hashCode() & 1) == 0 ? null : behind.peek(namespace);
        }

        @Override
        public @Nullable T get(N namespace) {
            return behind.get(namespace);
        }

        @Override
        public void put(N namespace, T value) {
            behind.put(namespace, value);
        }

        @Override
        public void remove(N namespace) {
            behind.remove(namespace);
        }

        @Override
        public void addNamespacesTo(List<N> namespaces) {
            behind.addNamespacesTo(namespaces);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process gracefully at the first Ctrl-C or SIGTERM and at once at the second Ctrl-C.
 *
 * <p>A JVM ignores a second SIGINT while its shutdown hooks run, so the signal itself has to be handled. Its class is
 * not part of the platform and is reached by reflection; where it is missing, the first Ctrl-C works and the second
 * does nothing.
 */
final class Interrupts implements AutoCloseable {
    private final Thread hook;
    private final AtomicInteger signals = new AtomicInteger();
    private volatile boolean stopping;

    private Interrupts(Runnable stop) {
        this.hook = new Thread(
                () -> {
                    stopping = true;
                    stop.run();
                },
                "stop");
    }

    /** From now on {@code stop} runs, on a thread of its own, before the process ends by a signal. */
    static Interrupts install(Runnable stop) {
        Interrupts interrupts = new Interrupts(stop);
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        interrupts.handleSignal();
        return interrupts;
    }

    /** True once the process is about to end. */
    boolean stopping() {
        return stopping || signals.get() > 0;
    }

    /** What a signal from the keyboard does; on a thread of the JVM. */
    private void interrupted() {
        if (signals.incrementAndGet() > 1) {
            Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
        }
        new Thread(() -> System.exit(ExitCodes.INTERRUPTED), "interrupt").start();
    }

    private void handleSignal() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler behaviour = (proxy, method, args) -> onCall(proxy, method.getName(), args);
            Object instance = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, behaviour);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), instance);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // The hook alone handles the first signal.
        }
    }

    private @Nullable Object onCall(Object proxy, String method, Object @Nullable [] args) {
        return switch (method) {
            case "handle" -> {
                interrupted();
                yield null;
            }
            case "equals" -> args != null && args[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "interrupt handler";
        };
    }

    /** The process goes on without the hook. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already.
        }
    }
}

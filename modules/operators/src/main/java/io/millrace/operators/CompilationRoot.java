// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Where the compiled code of a chain is to begin. The just-in-time compiler inlines calls some fifteen levels deep. Were
 * a chain's first method inlined into the engine's code above it, the chain would be cut where these levels end, in its
 * middle. Through a method handle that is no constant nothing is inlined: for the price of one call a batch, the chain
 * has all levels to itself.
 */
public final class CompilationRoot {
    private CompilationRoot() {}

    /**
     * A handle to a method of one object, to be kept in a field that is not static.
     *
     * @param lookup with access to the method
     * @param type the class or interface that declares it
     */
    public static MethodHandle of(
            MethodHandles.Lookup lookup, Class<?> type, String method, MethodType signature, Object receiver) {
        try {
            return lookup.findVirtual(type, method, signature).bindTo(receiver);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException("There is no accessible " + type.getName() + "." + method, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** What this JVM should be told so that specialised chains are compiled as one loop. */
public final class InliningAdvice {
    private static final String OPTION = "InlineSmallCode";
    private static final int ENOUGH = 10_000;

    private InliningAdvice() {}

    /** A sentence for the log; nothing where the JVM needs no advice, or is none that it is for. */
    public static Optional<String> forThisJvm() {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm == null ? Optional.empty() : advice(vm.getVMOption(OPTION).getValue());
        } catch (IllegalArgumentException | NoClassDefFoundError e) {
            // Another JVM, which does not know the option.
            return Optional.empty();
        }
    }

    static Optional<String> advice(String value) {
        if (Long.parseLong(value) >= ENOUGH) {
            return Optional.empty();
        }
        return Optional.of(
                "Start the JVM with -XX:" + OPTION + "=" + ENOUGH + " to run chains of operators at full speed:"
                        + " with " + value + " it does not inline what it has compiled before.");
    }
}

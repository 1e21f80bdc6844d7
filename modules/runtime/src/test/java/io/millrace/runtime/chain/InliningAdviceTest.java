// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class InliningAdviceTest {
    @Test
    void aJvmWithTheDefaultIsToldTheOption() {
        assertThat(InliningAdvice.advice("2500"))
                .hasValueSatisfying(text -> assertThat(text).contains("-XX:InlineSmallCode=10000", "with 2500"));
    }

    @Test
    void aJvmThatHasItIsToldNothing() {
        assertThat(InliningAdvice.advice("10000")).isEmpty();
        assertThat(InliningAdvice.advice("20000")).isEmpty();
    }

    @Test
    void thisJvmIsAsked() {
        boolean set = ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-XX:InlineSmallCode=10000");
        String name = System.getProperty("java.vm.name");
        boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");

        assertThat(InliningAdvice.forThisJvm().isPresent()).isEqualTo(hotSpot && !set);
    }
}

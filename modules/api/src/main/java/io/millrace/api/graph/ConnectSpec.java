// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.graph;

import io.millrace.api.Internal;
import io.millrace.api.function.RichFunction;
import io.millrace.api.stream.OutputTag;

/** A function on two connected streams. */
@Internal
public record ConnectSpec(Kind kind, RichFunction function) implements OperatorSpec.TwoInputSpec {
    /** Which of the functions it is. */
    public enum Kind {
        MAP("coMap", false),
        FLAT_MAP("coFlatMap", false),
        PROCESS("coProcess", false),
        KEYED_PROCESS("keyedCoProcess", true);

        private final String label;
        private final boolean keyed;

        Kind(String label, boolean keyed) {
            this.label = label;
            this.keyed = keyed;
        }
    }

    @Override
    public String label() {
        return kind.label;
    }

    @Override
    public boolean stateful() {
        return kind.keyed;
    }

    @Override
    public boolean keyed(int ordinal) {
        return kind.keyed;
    }

    @Override
    public boolean mayEmitTo(OutputTag<?> tag) {
        return kind == Kind.PROCESS || kind == Kind.KEYED_PROCESS;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.MapFunction;
import io.millrace.api.function.RuntimeContext;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.OperatorHarness;
import org.junit.jupiter.api.Test;

class FunctionContextTest {
    /** Something that a host could give to functions. */
    interface Greeter {
        String greet(String name);
    }

    private static final class Greeting implements MapFunction<String, String> {
        private Greeter greeter;
        private String place;

        @Override
        public void open(RuntimeContext context) {
            greeter = context.service(Greeter.class);
            place = context.jobId() + "/" + context.jobName() + "/" + context.operatorUid() + "/"
                    + context.operatorName() + " " + context.subtaskIndex() + " of " + context.parallelism() + " of "
                    + context.maxParallelism() + " in " + context.epoch();
        }

        @Override
        public String map(String record) {
            return greeter.greet(record) + " from " + place;
        }
    }

    private static OperatorHarness created() {
        return OperatorHarness.created(
                Operators.create(new OperatorSpec.MapSpec(new Greeting()), OperatorHarness.SPECIALISER), false, null);
    }

    @Test
    void aFunctionGetsWhatTheHostRegisteredAndKnowsWhereItRuns() throws Exception {
        OperatorHarness harness = created().withService(Greeter.class, name -> "Hello " + name);
        harness.open();
        harness.process("you", 0);
        assertThat(harness.records())
                .containsExactly("Hello you from job-1/test job/operator-id/under test 0 of 1 of 128 in 1");
    }

    @Test
    void aMissingServiceIsNamedWithTheOperatorAndTheRemedy() {
        OperatorHarness harness = created();
        assertThatThrownBy(harness::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'under test' (operator-id)")
                .hasMessageContaining(Greeter.class.getName())
                .hasMessageContaining("withService(Greeter.class");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.loadtests.profile.Frame.Owner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"+0x00007fa108008000.471910020", ".0x0000000025048000", "/0x0000000025048000"})
    void an_operator_loses_the_address_of_its_class(String address) {
        Frame frame =
                FrameNames.frame("io.millrace.operators.builtin.MapOperator$usd_to_eur" + address, "process", true);

        assertThat(frame)
                .isEqualTo(new Frame(
                        "MapOperator 'usd_to_eur'.process",
                        "io.millrace.operators.builtin.MapOperator$usd_to_eur.process",
                        Owner.OPERATOR));
    }

    @Test
    void an_operators_name_keeps_its_own_dollars_and_loses_line_breaks() {
        assertThat(FrameNames.frame("a.MapOperator$in $ or €\n.0x01", "process", true))
                .extracting(Frame::label)
                .isEqualTo("MapOperator 'in $ or € '.process");
    }

    @Test
    void a_hidden_class_without_a_name_of_its_own_is_named_after_its_class() {
        assertThat(FrameNames.frame("a.MapOperator.0x01", "process", true))
                .extracting(Frame::label)
                .isEqualTo("MapOperator.process");
    }

    @ParameterizedTest
    @CsvSource({
        "io.millrace.runtime.Task$$Lambda$67+0x00007fa108007a68.2052256418, run",
        "io.millrace.runtime.Task$$Lambda.0x0000000025047b30, run",
        "java.lang.invoke.LambdaForm$MH.0x0000000025047b30, invoke",
        "java.lang.Thread, runWith"
    })
    void glue_of_the_jvm_is_left_out(String className, String method) {
        assertThat(FrameNames.frame(className, method, true)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "io.millrace.runtime.subtask.Subtask, run, Subtask.run, ENGINE",
        "org.apache.pekko.dispatch.Mailbox, run, Mailbox.run, PEKKO",
        "java.util.HashMap$Node, equals, HashMap.Node.equals, JDK",
        "io.millrace.operators.builtin.MapOperator, process, MapOperator.process, OPERATOR",
        "io.millrace.operators.builtin.StateCodecs, of, StateCodecs.of, ENGINE",
        "io.millrace.examples.Rates, convert, Rates.convert, OTHER",
        "com.example.Rates, lambda$main$0, Rates.lambda$main$0, OTHER"
    })
    void other_frames_have_simple_names(String className, String method, String label, Owner owner) {
        assertThat(FrameNames.frame(className, method, false))
                .isEqualTo(new Frame(label, className + "." + method, owner));
    }

    @ParameterizedTest
    @CsvSource({
        "[B, byte[], byte[]",
        "[[Ljava.lang.String;, String[][], java.lang.String[][]",
        "java.util.HashMap$Node, HashMap.Node, java.util.HashMap$Node",
        "a.Task$$Lambda$67+0x00007fa108007a68.2052256418, Task.lambda, a.Task$$Lambda$67",
        "a.Task$$Lambda.0x0000000025047b30, Task.lambda, a.Task$$Lambda"
    })
    void types_are_written_as_in_java(String recorded, String label, String detail) {
        assertThat(FrameNames.allocated(recorded)).isEqualTo(new Frame(label, detail, Owner.ALLOCATED));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "millrace-pekko.actor.default-dispatcher-12, millrace-pekko.actor.default-dispatcher",
                "ForkJoinPool-1-worker-3, ForkJoinPool-worker",
                "h2-writer, h2-writer",
                "main, main",
                "'', threads without a name",
                "null, threads without a name"
            })
    void threads_that_differ_by_number_are_one_group(String threadName, String group) {
        assertThat(FrameNames.threads(threadName).label()).isEqualTo(group);
    }
}

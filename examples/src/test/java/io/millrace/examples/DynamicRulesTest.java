// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.DynamicRules.Purchase;
import io.millrace.examples.DynamicRules.Voucher;
import io.millrace.testkit.CollectSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class DynamicRulesTest {
    private static final String LABEL = "dynamic-rules";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            DynamicRules.vouchers(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({"1, Infinity", "2, Infinity", "1, 400", "2, 400"})
    void givesEachVoucherOnceWheneverItsOfferComes(int parallelism, String rate, ExampleNode.Running node)
            throws Exception {
        node.run(Job.class, parallelism, 512, "--rate", rate);

        Map<String, Long> totals = LongStream.range(0, 400)
                .mapToObj(DynamicRules::purchase)
                .collect(Collectors.groupingBy(Purchase::customer, Collectors.summingLong(Purchase::euros)));
        List<Voucher> expected = new ArrayList<>();
        totals.forEach((customer, total) -> DynamicRules.OFFERS.stream()
                .filter(offer -> total >= offer.euros())
                .forEach(offer -> expected.add(new Voucher(customer, offer.voucher()))));
        assertThat(expected).hasSizeBetween(5, 23);
        assertThat(CollectSink.<Voucher>committed(LABEL)).containsExactlyInAnyOrderElementsOf(expected);
    }
}

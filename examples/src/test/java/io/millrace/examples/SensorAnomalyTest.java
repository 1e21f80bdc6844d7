// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.StreamEnvironment;
import io.millrace.api.StreamJob;
import io.millrace.examples.SensorAnomaly.Anomaly;
import io.millrace.examples.SensorAnomaly.Reading;
import io.millrace.testkit.CollectSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ExampleNode.class)
class SensorAnomalyTest {
    private static final String LABEL = "sensor-anomaly";

    public static final class Job implements StreamJob {
        @Override
        public void define(StreamEnvironment env) {
            SensorAnomaly.anomalies(env).sinkTo(new CollectSink<>(LABEL)).uid("collect");
        }
    }

    @AfterEach
    void forget() {
        CollectSink.forget(LABEL);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 512", "2, 512"})
    void findsJumpsAndSilence(int parallelism, int batchSize, ExampleNode.Running node) throws Exception {
        node.run(Job.class, parallelism, batchSize);

        List<Anomaly> found = CollectSink.committed(LABEL);
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected());
        // What the data were made to hold.
        assertThat(found)
                .filteredOn(anomaly -> anomaly.what().startsWith("nothing"))
                .extracting(anomaly -> anomaly.sensor() + " " + anomaly.what())
                .containsExactlyInAnyOrder(
                        "cellar nothing since 2026-01-05T10:14:30Z",
                        "roof nothing since 2026-01-05T10:49:30Z",
                        "boiler nothing since 2026-01-05T10:59:30Z",
                        "cellar nothing since 2026-01-05T10:59:30Z");
        assertThat(found)
                .filteredOn(anomaly -> anomaly.what().contains("usual"))
                .extracting(Anomaly::sensor)
                .containsExactlyInAnyOrder("boiler", "boiler", "roof", "roof", "roof", "roof");
    }

    /** Sensor by sensor, from the list of its readings. */
    private static List<Anomaly> expected() {
        List<Anomaly> expected = new ArrayList<>();
        Map<String, List<Reading>> bySensor =
                SensorAnomaly.readings().stream().collect(Collectors.groupingBy(Reading::sensor));
        bySensor.forEach((sensor, readings) -> {
            List<Double> usual = new ArrayList<>();
            for (int i = 0; i < readings.size(); i++) {
                Reading reading = readings.get(i);
                double mean = usual.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0);
                if (usual.size() >= 10 && Math.abs(reading.celsius() - mean) > 5) {
                    expected.add(new Anomaly(
                            sensor,
                            reading.time(),
                            String.format("%.1f degrees, where %.1f are usual", reading.celsius(), mean)));
                } else {
                    usual.add(reading.celsius());
                }
                boolean last = i + 1 == readings.size();
                if (last || readings.get(i + 1).time().isAfter(reading.time().plusSeconds(300))) {
                    expected.add(
                            new Anomaly(sensor, reading.time().plusSeconds(300), "nothing since " + reading.time()));
                }
            }
        });
        return expected;
    }
}

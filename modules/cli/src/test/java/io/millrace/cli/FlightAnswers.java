// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** What FlightDelays must give, computed by a loop that shares no code with Millrace. */
final class FlightAnswers {
    private static final String HEADER = "departure,delay,distance,origin,destination";
    private static final int HOUR_LENGTH = "2001-01-01T00".length();
    private static final int DELAYED_FROM_MINUTES = 15;

    private FlightAnswers() {}

    /** The sorted rows for the example data. */
    static List<String> ofExampleData() throws IOException {
        Map<String, long[]> totals = new HashMap<>();
        try (Stream<Path> files = Files.list(MillraceProcess.HOME.resolve("examples/data"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".gz")).toList()) {
                try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    add(reader, totals);
                }
            }
        }
        return totals.entrySet().stream()
                .map(entry -> row(entry.getKey(), entry.getValue()))
                .sorted()
                .toList();
    }

    private static void add(BufferedReader reader, Map<String, long[]> totals) throws IOException {
        if (!HEADER.equals(reader.readLine())) {
            throw new IOException("The example data have other columns now");
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] fields = line.split(",");
            long delay = Long.parseLong(fields[1]);
            String key = fields[0].substring(0, HOUR_LENGTH) + ":00," + fields[3];
            long[] total = totals.computeIfAbsent(key, ignored -> new long[] {0, 0, 0, Long.MIN_VALUE});
            total[0]++;
            total[1] += delay >= DELAYED_FROM_MINUTES ? 1 : 0;
            total[2] += delay;
            total[3] = Math.max(total[3], delay);
        }
    }

    private static String row(String key, long[] total) {
        BigDecimal mean = new BigDecimal(total[2]).divide(new BigDecimal(total[0]), 2, RoundingMode.HALF_UP);
        return key + "," + total[0] + "," + total[1] + "," + mean.toPlainString() + "," + total[3];
    }
}

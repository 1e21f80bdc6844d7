// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/**
 * The ratios that later runs are compared with.
 *
 * @param format of the file
 * @param jdk version of Java that measured, such as {@code 17.0.15}
 * @param cores of the machine
 * @param ratios a line for each benchmark but the calibrations
 */
record Baseline(int format, String jdk, int cores, List<Line> ratios) {
    /** One benchmark with one choice of its parameters. */
    record Line(String name, SortedMap<String, String> parameters, Ratio ratio) {}

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** What was measured here and now. */
    static Baseline of(List<Result> results) {
        List<Line> lines = results.stream()
                .filter(result -> result.ratio() != null)
                .map(result -> new Line(result.name(), result.parameters(), rounded(result.ratio())))
                .toList();
        return new Baseline(FORMAT, jdkHere(), coresHere(), lines);
    }

    static String jdkHere() {
        Runtime.Version version = Runtime.version();
        return version.feature() + "." + version.interim() + "." + version.update();
    }

    static int coresHere() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static Ratio rounded(Ratio ratio) {
        return new Ratio(Math.max(0.001, rounded(ratio.value())), rounded(ratio.spread()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /**
     * @throws BaselineException when there is none or it cannot be understood
     */
    static Baseline read(Path file) throws BaselineException {
        String anew = " Measure it anew with --save.";
        try {
            Baseline baseline = JSON.readValue(Files.readAllBytes(file), Baseline.class);
            if (baseline.format != FORMAT) {
                throw new BaselineException("The baseline " + file + " has format " + baseline.format
                        + ", and this program reads " + FORMAT + "." + anew);
            }
            return baseline;
        } catch (NoSuchFileException e) {
            throw new BaselineException(
                    "There is no baseline " + file + " to compare with. Measure one with --save.", e);
        } catch (JsonProcessingException e) {
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new BaselineException(
                    "The baseline " + file + where + " cannot be understood: " + e.getOriginalMessage() + "." + anew,
                    e);
        } catch (IOException e) {
            throw new BaselineException("The baseline " + file + " cannot be read: " + e, e);
        }
    }

    /**
     * Leaves an existing file as it is.
     *
     * @throws BaselineException when the file could not be written
     */
    static void requireWritable(Path file) throws BaselineException {
        Path folder = file.toAbsolutePath().getParent();
        boolean possible = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!possible) {
            throw new BaselineException(
                    "The baseline " + file + " cannot be written: name a file in a folder that exists"
                            + " and can be written to, with --baseline FILE.");
        }
    }

    /**
     * @throws BaselineException when the file cannot be written
     */
    void write(Path file) throws BaselineException {
        try {
            Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new BaselineException("The baseline " + file + " cannot be written: " + e, e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.api.function.Collector;
import io.millrace.api.function.FlatMapFunction;
import java.util.Locale;

/** Takes a line apart into its words, in lower case: runs of letters and digits. */
final class Words implements FlatMapFunction<String, String> {
    @Override
    public void flatMap(String line, Collector<String> out) {
        String text = line.toLowerCase(Locale.ROOT);
        int begin = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
                continue;
            }
            if (i > begin) {
                out.collect(text.substring(begin, i));
            }
            begin = i + 1;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.nexmark;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What a query can run on. */
enum EngineName {
    MILLRACE,
    LOOP;

    /** As on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<EngineName> {
        @Override
        public EngineName convert(String text) {
            return Arrays.stream(values())
                    .filter(engine -> engine.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "There is no engine '" + text + "'; there are " + Arrays.toString(values()) + "."));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments a job was started with, journalled with the job and the same in every definition of it.
 *
 * <p>Arguments are strings: positional ones, and named ones written {@code --name value}, {@code --name=value} or, for
 * flags, {@code --name} followed by another named argument or nothing. Immutable.
 */
@Stable
public final class JobArguments {
    private final List<String> raw;
    private final List<String> positional;
    private final Map<String, String> named;

    private JobArguments(List<String> raw, List<String> positional, Map<String, String> named) {
        this.raw = raw;
        this.positional = positional;
        this.named = named;
    }

    /**
     * Parses arguments as they stand on a command line. Of a name given twice the last value counts.
     *
     * @throws IllegalArgumentException when one begins with {@code --=}
     */
    public static JobArguments of(List<String> raw) {
        List<String> positional = new ArrayList<>();
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < raw.size(); i++) {
            String arg = raw.get(i);
            if (!arg.startsWith("--") || arg.length() == 2) {
                positional.add(arg);
                continue;
            }
            int equals = arg.indexOf('=');
            if (equals == 2) {
                throw new IllegalArgumentException("The argument '" + arg + "' has no name. Write it --name=value.");
            }
            if (equals > 0) {
                named.put(arg.substring(2, equals), arg.substring(equals + 1));
            } else if (i + 1 < raw.size() && !raw.get(i + 1).startsWith("--")) {
                named.put(arg.substring(2), raw.get(++i));
            } else {
                named.put(arg.substring(2), "true");
            }
        }
        return new JobArguments(List.copyOf(raw), List.copyOf(positional), Map.copyOf(named));
    }

    /** The same, for calls with literals. */
    public static JobArguments of(String... raw) {
        return of(List.of(raw));
    }

    /** All arguments as given. */
    public List<String> raw() {
        return raw;
    }

    /** The arguments without a name, in order. */
    public List<String> positional() {
        return positional;
    }

    /** The value of a named argument, if it was given. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /** The value of a named argument, or {@code fallback} where it was not given. */
    public String get(String name, String fallback) {
        return named.getOrDefault(name, fallback);
    }

    /**
     * The value of a named argument that the job cannot do without.
     *
     * @throws IllegalArgumentException when it was not given, naming it
     */
    public String require(String name) {
        return get(name)
                .orElseThrow(() -> new IllegalArgumentException("The job needs the argument --" + name + "; given were "
                        + raw + ". Add --" + name + " VALUE."));
    }

    /** A named argument as a whole number. */
    public long getLong(String name, long fallback) {
        String value = named.get(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Long.parseLong(value.trim().replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "The argument --" + name + " takes a whole number, not '" + value + "'.", e);
        }
    }

    /** A named argument as a number. */
    public double getDouble(String name, double fallback) {
        String value = named.get(name);
        if (value == null) {
            return fallback;
        }
        try {
            return Double.parseDouble(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("The argument --" + name + " takes a number, not '" + value + "'.", e);
        }
    }

    /** Whether a flag is set: given without a value, or with {@code true}. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(named.getOrDefault(name, "false"));
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}

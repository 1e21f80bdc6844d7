// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the settings below {@code millrace} with the defaults of all modules: a setting without a default does not
 * exist, and one with a default has its type. A mistyped key would otherwise do nothing, silently.
 *
 * <p>The type of a default is read off its text: {@code 10 s} is a duration, {@code 16 MiB} a size, {@code on} a switch.
 * A default that is an empty object takes any keys.
 */
final class SettingsCheck {
    private static final String PREFIX = NodeConfig.ROOT + ".";
    private static final Set<String> SWITCHES = Set.of("on", "off", "yes", "no", "true", "false");

    private final Map<String, ConfigValue> known;
    private final Config config;

    /**
     * @param reference the defaults of all modules, resolved
     * @param config what is to be checked, resolved
     */
    SettingsCheck(Config reference, Config config) {
        this.known = NodeConfig.paths(reference.getObject(NodeConfig.ROOT), PREFIX);
        this.config = config;
    }

    void check() throws InvalidSettingException {
        check(config.getObject(NodeConfig.ROOT), PREFIX);
    }

    private void check(ConfigObject object, String prefix) throws InvalidSettingException {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String path = prefix + entry.getKey();
            ConfigValue value = entry.getValue();
            ConfigValue standard = known.get(path);
            if (standard == null) {
                throw unknown(path, value);
            }
            String expected = expectation(standard, value);
            if (expected != null) {
                throw new InvalidSettingException("The setting " + path + " takes " + expected + ", not "
                        + value.unwrapped() + " (from " + value.origin().description() + ").");
            }
            if (value instanceof ConfigObject branch && !((ConfigObject) standard).isEmpty()) {
                check(branch, path + ".");
            }
        }
    }

    private InvalidSettingException unknown(String path, ConfigValue value) {
        String nearest = known.keySet().stream()
                .min(Comparator.<String>comparingInt(candidate -> distance(path, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElse(PREFIX);
        return new InvalidSettingException("There is no setting " + path + " (from "
                + value.origin().description() + "); the nearest there is is " + nearest + ".");
    }

    /** What a value should have been, or null where it is right. */
    private static @Nullable String expectation(ConfigValue standard, ConfigValue value) {
        boolean container = standard.valueType() == ConfigValueType.OBJECT
                || standard.valueType() == ConfigValueType.LIST
                || value.valueType() == ConfigValueType.OBJECT
                || value.valueType() == ConfigValueType.LIST;
        if (container) {
            return standard.valueType() == value.valueType() ? null : kindOf(standard);
        }
        if (value.valueType() == ConfigValueType.NULL) {
            return "a value";
        }
        Config holder = value.atKey("v");
        Config example = standard.atKey("v");
        return switch (standard.valueType()) {
            case BOOLEAN -> reads(() -> holder.getBoolean("v")) ? null : "on or off";
            case NUMBER -> numberExpectation(example, holder);
            case STRING -> textExpectation(example, holder);
            default -> null;
        };
    }

    private static @Nullable String numberExpectation(Config example, Config holder) {
        boolean whole = example.getDouble("v") == Math.rint(example.getDouble("v"));
        boolean right = reads(() -> holder.getDouble("v"))
                && (!whole || holder.getDouble("v") == Math.rint(holder.getDouble("v")));
        return right ? null : whole ? "a whole number" : "a number";
    }

    private static @Nullable String textExpectation(Config example, Config holder) {
        String text = example.getString("v");
        if (SWITCHES.contains(text.toLowerCase(Locale.ROOT))) {
            return reads(() -> holder.getBoolean("v")) ? null : "on or off";
        }
        boolean startsWithNumber = !text.isEmpty() && Character.isDigit(text.charAt(0));
        boolean duration = startsWithNumber && reads(() -> example.getDuration("v"));
        boolean size = startsWithNumber && reads(() -> example.getBytes("v"));
        if (duration && !(size && reads(() -> holder.getBytes("v")))) {
            return reads(() -> holder.getDuration("v")) ? null : "a duration such as '10 s' or '500 ms'";
        }
        if (size) {
            return reads(() -> holder.getBytes("v")) ? null : "a size such as '64 MiB'";
        }
        return null;
    }

    private static String kindOf(ConfigValue standard) {
        return switch (standard.valueType()) {
            case OBJECT -> "settings below it";
            case LIST -> "a list";
            default -> "a single value";
        };
    }

    private static boolean reads(Runnable read) {
        try {
            read.run();
            return true;
        } catch (ConfigException e) {
            return false;
        }
    }

    /** Edits that turn one text into the other. */
    static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j - 1], row[j]) + 1);
            }
        }
        return row[to.length()];
    }
}

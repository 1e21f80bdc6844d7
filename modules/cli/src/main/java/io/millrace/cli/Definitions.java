// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/** Settings from {@code -D key=value}. */
final class Definitions {
    private static final String ORIGIN = "-D on the command line";

    private Definitions() {}

    /** The settings as configuration; the last of a key wins. A value that starts with [ or { is read as HOCON. */
    static Config parse(List<String> definitions) throws UsageException {
        Config config = ConfigFactory.empty();
        for (String definition : definitions) {
            int equals = definition.indexOf('=');
            String key =
                    equals < 0 ? definition : definition.substring(0, equals).strip();
            if (equals < 0 || key.isEmpty()) {
                throw new UsageException("-D takes key=value, not '" + definition + "'.");
            }
            try {
                String path = ConfigUtil.joinPath(ConfigUtil.splitPath(key));
                config = config.withValue(path, value(definition.substring(equals + 1)));
            } catch (ConfigException e) {
                throw new UsageException("-D " + definition + " cannot be read: " + e.getMessage(), e);
            }
        }
        return config;
    }

    private static ConfigValue value(String text) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return ConfigValueFactory.fromAnyRef(text, ORIGIN);
        }
        ConfigParseOptions options = ConfigParseOptions.defaults().setOriginDescription(ORIGIN);
        return ConfigFactory.parseString("value = " + text, options).getValue("value");
    }
}

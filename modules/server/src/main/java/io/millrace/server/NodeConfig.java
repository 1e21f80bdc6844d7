// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts a node's configuration together. What wins, in order: overrides in code, system properties,
 * {@code application.conf}, defaults of the program, what Millrace asks of Pekko, and the {@code reference.conf} of all modules.
 */
final class NodeConfig {
    static final String ROOT = "millrace";

    private NodeConfig() {}

    /** The resolved configuration, in which every {@code millrace} setting is known and of the right type. */
    static Config load(Config overrides, Config defaults, ClassLoader loader) throws InvalidSettingException {
        try {
            Config reference = ConfigFactory.defaultReferenceUnresolved(loader);
            Set<String> roots = reference.root().keySet();
            Config given = withPrefix(overrides, roots)
                    .withFallback(ConfigFactory.defaultOverrides(loader))
                    .withFallback(ConfigFactory.defaultApplication(loader))
                    .withFallback(withPrefix(defaults, roots));
            Config known = reference.resolve();
            Config config = given.withFallback(nodeDefaults(loader))
                    .withFallback(reference)
                    .resolve();
            new SettingsCheck(known, config).check();
            return withSeedNodes(config);
        } catch (ConfigException e) {
            throw new InvalidSettingException("The configuration cannot be read: " + e.getMessage(), e);
        }
    }

    private static Config nodeDefaults(ClassLoader loader) {
        return ConfigFactory.parseResources(
                loader, "millrace-node.conf", ConfigParseOptions.defaults().setAllowMissing(false));
    }

    /** Puts {@code millrace.} before keys that no module's configuration starts with. */
    static Config withPrefix(Config overrides, Set<String> knownRoots) {
        Config result = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> entry : overrides.root().entrySet()) {
            Config one = entry.getValue().atKey(entry.getKey());
            boolean known =
                    knownRoots.contains(entry.getKey()) || entry.getKey().equals(ROOT);
            result = result.withFallback(known ? one : one.atKey(ROOT));
        }
        return result;
    }

    private static Config withSeedNodes(Config config) throws InvalidSettingException {
        List<String> addresses = new ArrayList<>();
        for (String seed : config.getStringList("millrace.cluster.seed-nodes")) {
            if (!seed.matches("[^:/@\\s]+:\\d{1,5}")) {
                throw new InvalidSettingException("The setting millrace.cluster.seed-nodes has the entry '" + seed
                        + "'; a node is written host:port, such as 10.0.0.7:25520.");
            }
            addresses.add("pekko://" + MillraceNode.SYSTEM_NAME + "@" + seed);
        }
        if (addresses.isEmpty()) {
            return config;
        }
        return ConfigFactory.parseMap(Map.of("pekko.cluster.seed-nodes", addresses), "millrace.cluster.seed-nodes")
                .withFallback(config);
    }

    /** All paths of a resolved object with their values, branches included; keys are not quoted. */
    static Map<String, ConfigValue> paths(ConfigObject object, String prefix) {
        Map<String, ConfigValue> paths = new LinkedHashMap<>();
        object.forEach((key, value) -> {
            String path = prefix + key;
            paths.put(path, value);
            if (value instanceof ConfigObject branch) {
                paths.putAll(paths(branch, path + "."));
            }
        });
        return paths;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import io.millrace.server.NodeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that starts a node. */
final class NodeArguments {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the node keeps journal, snapshots and logs; a job started there again goes on.")
    @Nullable
    Path dir;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "A setting, such as checkpointing.interval=1s; 'millrace.' may be left out.")
    List<String> definitions = new ArrayList<>();

    /**
     * The node that is asked for.
     *
     * @param fallback its directory where none was given; null takes the configured one
     * @param defaults settings, without the prefix, for keys that were not given
     */
    NodeOptions options(@Nullable Path fallback, Config defaults) throws UsageException {
        Config given = Definitions.parse(definitions);
        Config overrides = given;
        for (Map.Entry<String, ConfigValue> setting : defaults.entrySet()) {
            if (!given.hasPath(setting.getKey()) && !given.hasPath("millrace." + setting.getKey())) {
                overrides = overrides.withValue(setting.getKey(), setting.getValue());
            }
        }
        return new NodeOptions(dir == null ? fallback : dir, overrides);
    }
}

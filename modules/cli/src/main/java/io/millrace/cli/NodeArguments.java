// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.millrace.server.NodeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that starts a node. */
final class NodeArguments {
    /**
     * Somebody waits for the command: what fails again and again, such as a row that cannot be read, ends it. A job in
     * a service goes on trying instead, because what fails there is mended while it runs.
     */
    private static final Config BOUNDED_RESTARTS = ConfigFactory.parseString(
            "restart-strategy { type = fixed-delay, attempts = 3 }",
            ConfigParseOptions.defaults().setOriginDescription("the command"));

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
     * @param defaults the command's own, for what is not configured
     */
    NodeOptions options(@Nullable Path fallback, Config defaults) throws UsageException {
        return new NodeOptions(
                dir == null ? fallback : dir, Definitions.parse(definitions), defaults.withFallback(BOUNDED_RESTARTS));
    }
}

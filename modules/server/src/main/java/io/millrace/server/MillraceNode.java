// SPDX-License-Identifier: Apache-2.0
package io.millrace.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.millrace.runtime.config.RuntimeSettings;
import io.millrace.runtime.journal.JournalProvider;
import io.millrace.runtime.journal.JournalUnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: its directory locked, its journal ready, its actor system a member of the cluster.
 *
 * <p>Life cycle: {@link #start} returns when the node is up, or throws and leaves nothing behind; {@link #close} leaves
 * the cluster and lets go of the directory. Running jobs stay in the journal and go on when a node starts again. The
 * node never ends the process.
 *
 * <p>Thread-safe.
 */
public final class MillraceNode implements AutoCloseable {
    static final String SYSTEM_NAME = "millrace";
    private static final Logger LOG = LoggerFactory.getLogger(MillraceNode.class);

    private final NodeDirectory directory;
    private final ActorSystem<Void> system;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MillraceNode(NodeDirectory directory, ActorSystem<Void> system) {
        this.directory = directory;
        this.system = system;
    }

    /**
     * Starts a node. Blocks until it is a member of the cluster.
     *
     * @throws NodeStartException when it cannot start, in words for people; nothing is left running then
     */
    public static MillraceNode start(NodeOptions options) throws NodeStartException {
        ClassLoader loader = MillraceNode.class.getClassLoader();
        Config config = NodeConfig.load(withDir(options), options.defaults(), loader);
        requireSensible(config);
        NodeDirectory directory = NodeDirectory.open(Path.of(config.getString("millrace.dir")));
        try {
            return startIn(directory, config, loader);
        } catch (NodeStartException | RuntimeException | Error e) {
            directory.close();
            throw e;
        }
    }

    /** The directory goes in before the configuration is resolved: other settings are made from it. */
    private static Config withDir(NodeOptions options) {
        return options.dir() == null
                ? options.overrides()
                : options.overrides()
                        .withValue(
                                "millrace.dir",
                                ConfigValueFactory.fromAnyRef(
                                        options.dir().toAbsolutePath().toString(), "the node's directory"));
    }

    private static MillraceNode startIn(NodeDirectory directory, Config config, ClassLoader loader)
            throws NodeStartException {
        String logFile = config.getString("millrace.log-file");
        if (!logFile.isEmpty()) {
            NodeLogging.toFile(directory.path().resolve(logFile));
        }
        requireSafe(config);
        Config journal;
        try {
            journal = JournalProvider.named(config.getString("millrace.journal.provider"), loader)
                    .prepare(config, directory.path());
        } catch (JournalUnavailableException e) {
            throw new NodeStartException(e.getMessage(), e);
        }
        ActorSystem<Void> system = createSystem(journal.withFallback(config));
        MillraceNode node = new MillraceNode(directory, system);
        try {
            ClusterMembership.await(system, config.getDuration("millrace.cluster.join-timeout"));
        } catch (NodeStartException | RuntimeException e) {
            node.close();
            throw e;
        }
        return node;
    }

    private static ActorSystem<Void> createSystem(Config config) throws NodeStartException {
        try {
            return ActorSystem.create(Behaviors.<Void>empty(), SYSTEM_NAME, config);
        } catch (RuntimeException | LinkageError e) {
            throw new NodeStartException("The actor system does not start: " + rootMessage(e), e);
        }
    }

    /** What the runtime would refuse is refused before anything is started. */
    private static void requireSensible(Config config) throws InvalidSettingException {
        try {
            RuntimeSettings.of(config);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Settings that would make a node unsafe in ways that show only much later. */
    private static void requireSafe(Config config) throws InvalidSettingException {
        if (config.getBoolean("pekko.actor.allow-java-serialization")) {
            throw new InvalidSettingException(
                    "pekko.actor.allow-java-serialization is on: whoever reaches the node's port "
                            + "could run code in it. Leave it off; Millrace does not need it.");
        }
        if (config.getString("pekko.cluster.downing-provider-class").isEmpty()) {
            throw new InvalidSettingException(
                    "pekko.cluster.downing-provider-class is empty: the work of a dead node would "
                            + "never be taken over. Leave it at Millrace's default.");
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String outer = error.getMessage();
        return outer == null || outer.equals(message) ? message : outer + " (" + message + ")";
    }

    /** The actor system, a member of the cluster; ends with the node. */
    public ActorSystem<?> system() {
        return system;
    }

    /** The node's directory, absolute. */
    public Path dir() {
        return directory.path();
    }

    /** Leaves the cluster, ends the actor system and unlocks the directory. Waits {@code shutdown-timeout} at most. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration timeout = system.settings().config().getDuration("millrace.cluster.shutdown-timeout");
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            directory.close();
        } catch (TimeoutException | ExecutionException e) {
            // The journal may still be written to: the lock stays until the process ends.
            LOG.error("The actor system of {} did not end within {}", directory.path(), timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

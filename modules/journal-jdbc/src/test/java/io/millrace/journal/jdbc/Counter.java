// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.runtime.journal.JournalProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** An entity that counts: the smallest thing that needs a journal. A snapshot every five events. */
final class Counter extends EventSourcedBehavior<Counter.Command, Counter.Added, Counter.Total> {
    sealed interface Command {}

    record Add(int amount, ActorRef<Total> replyTo) implements Command {}

    record Get(ActorRef<Total> replyTo) implements Command {}

    record Added(int amount) {}

    record Total(long value) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    Counter() {
        super(PersistenceId.ofUniqueId("counter"));
    }

    /** An actor system without a cluster that keeps the counter in the journal of {@code dir}. */
    static ActorSystem<Command> start(Path dir, Config overrides) {
        Config own = ConfigFactory.parseString("""
                pekko.loglevel = ERROR
                pekko.stdout-loglevel = OFF
                pekko.loggers = ["org.apache.pekko.event.slf4j.Slf4jLogger"]
                pekko.actor.serialization-bindings {
                  "io.millrace.journal.jdbc.Counter$Added" = jackson-cbor
                  "io.millrace.journal.jdbc.Counter$Total" = jackson-cbor
                }
                """);
        Config config = ConfigFactory.load(overrides.withFallback(own));
        JournalProvider provider =
                JournalProvider.named(config.getString("millrace.journal.provider"), Counter.class.getClassLoader());
        Config journal = provider.prepare(config, dir);
        return ActorSystem.create(new Counter(), "counter", journal.withFallback(config));
    }

    static long add(ActorSystem<Command> system, int amount) throws Exception {
        return AskPattern.<Command, Total>ask(system, ref -> new Add(amount, ref), PATIENCE, system.scheduler())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .value();
    }

    static long get(ActorSystem<Command> system) throws Exception {
        return AskPattern.<Command, Total>ask(system, Get::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .value();
    }

    static void stop(ActorSystem<?> system) throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public Total emptyState() {
        return new Total(0);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(5, 2);
    }

    @Override
    public CommandHandler<Command, Added, Total> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Add.class, add -> Effect()
                        .persist(new Added(add.amount()))
                        .thenRun(total -> add.replyTo().tell(total)))
                .onCommand(Get.class, (total, get) -> Effect().none().thenRun(same -> get.replyTo()
                        .tell(total)))
                .build();
    }

    @Override
    public EventHandler<Total, Added> eventHandler() {
        return (total, added) -> new Total(total.value() + added.amount());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal.jdbc;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.apache.pekko.actor.typed.ActorSystem;

/** Counts by ones without end and prints each total once it is acknowledged, until somebody kills the process. */
final class CountingProcess {
    private CountingProcess() {}

    public static void main(String[] args) throws Exception {
        ActorSystem<Counter.Command> system = Counter.start(Path.of(args[0]), ConfigFactory.empty());
        while (true) {
            System.out.println(Counter.add(system, 1));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.journal;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Makes one kind of journal ready and says how Pekko Persistence reaches it. Found by {@link ServiceLoader}; chosen by
 * {@code millrace.journal.provider}. Implementations have a public no-argument constructor and keep no state.
 */
public interface JournalProvider {
    /** What {@code millrace.journal.provider} calls it, such as {@code h2}. */
    String name();

    /**
     * Prepares the journal before the actor system starts: creates what is missing and leaves alone what is there, so
     * that it may be called at every start. Blocks while it does.
     *
     * @param config the whole configuration of the node, resolved; the provider reads its part below
     *     {@code millrace.journal}
     * @param millraceDir the node's directory, which exists; a provider that keeps files keeps them below it
     * @return settings that win over {@code config}: the plugins of journal and snapshot store and all they need
     * @throws JournalUnavailableException when the journal cannot be used
     */
    Config prepare(Config config, Path millraceDir);

    /**
     * The provider of that name.
     *
     * @throws JournalUnavailableException when none has it, naming those there are
     */
    static JournalProvider named(String name, ClassLoader loader) {
        TreeMap<String, JournalProvider> found = new TreeMap<>();
        for (JournalProvider provider : ServiceLoader.load(JournalProvider.class, loader)) {
            found.put(provider.name(), provider);
        }
        JournalProvider provider = found.get(name);
        if (provider == null) {
            String known = found.isEmpty()
                    ? "no provider is on the class path: add the module millrace-journal-jdbc"
                    : "known are " + String.join(", ", found.keySet());
            throw new JournalUnavailableException("There is no journal provider '" + name
                    + "', as millrace.journal.provider asks for; " + known + ".");
        }
        return provider;
    }
}

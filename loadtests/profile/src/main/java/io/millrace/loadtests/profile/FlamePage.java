// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Writes a call tree as a page that a browser shows without a network. */
final class FlamePage {
    private static final String TEMPLATE = "flame.html";

    private FlamePage() {}

    /** Writes the page; the unit is what weights count, in plural. */
    static void write(Path file, String title, String unit, Duration duration, CallTree tree) throws IOException {
        StringBuilder data = new StringBuilder();
        tree.writeJson(data);
        String page = template()
                .replace("{{title}}", title)
                .replace("{{unit}}", unit)
                .replace("{{seconds}}", String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0))
                .replace("{{owners}}", owners())
                // Last: a frame's name may look like a place to fill in.
                .replace("{{data}}", data);
        Files.writeString(file, page);
    }

    private static String owners() {
        StringBuilder titles = new StringBuilder("[");
        for (Frame.Owner owner : Frame.Owner.values()) {
            titles.append(titles.length() == 1 ? "" : ",")
                    .append('"')
                    .append(owner.title())
                    .append('"');
        }
        return titles.append(']').toString();
    }

    private static String template() throws IOException {
        try (InputStream in = FlamePage.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new FileNotFoundException(TEMPLATE + " is missing beside " + FlamePage.class.getName()
                        + ": build module loadtests/profile again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

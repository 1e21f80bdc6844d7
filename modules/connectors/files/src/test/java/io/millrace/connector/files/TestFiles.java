// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes files for tests; compressed where the name says so. */
final class TestFiles {
    private TestFiles() {}

    static String write(Path file, String content) throws IOException {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static String write(Path file, byte[] content) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        try (OutputStream out = FileSplit.isGzip(file.toString()) ? new GZIPOutputStream(raw) : raw) {
            out.write(content);
        }
        return file.toString();
    }
}

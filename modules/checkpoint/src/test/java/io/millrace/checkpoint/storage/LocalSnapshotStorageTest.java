// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSnapshotStorageTest {
    private static final String FILE = "job/epoch-1/checkpoint-2/count-0.run";

    @TempDir
    Path temp;

    private Path root;
    private LocalSnapshotStorage storage;

    @BeforeEach
    void open() throws IOException {
        root = temp.resolve("not/yet/there");
        storage = new LocalSnapshotStorage(root);
    }

    @Test
    void readsBackWhatWasWrittenWithLengthAndChecksum() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);

        StoredFile file = storage.write(FILE, out -> {
            out.write(bytes, 0, 100_000);
            out.write(bytes[100_000]);
            out.write(bytes, 100_001, 199_999);
            out.close(); // content may close its stream; the file is forced all the same
        });

        CRC32C crc = new CRC32C();
        crc.update(bytes);
        assertThat(file).isEqualTo(new StoredFile(FILE, bytes.length, crc.getValue()));
        assertThat(readAll(file)).isEqualTo(bytes);
        assertThat(Files.readAllBytes(root.resolve(FILE))).isEqualTo(bytes);
    }

    @Test
    void keepsEmptyFiles() throws IOException {
        StoredFile file = storage.write(FILE, out -> {});

        assertThat(file).isEqualTo(new StoredFile(FILE, 0, 0));
        assertThat(readAll(file)).isEmpty();
        assertCorrupt(new StoredFile(FILE, 0, 1), "wrong content");
    }

    @Test
    void replacesAFileAsAWhole() throws IOException {
        StoredFile old = write(FILE, "a longer first content");
        StoredFile replaced = write(FILE, "second");

        assertThat(readAll(replaced)).isEqualTo("second".getBytes(UTF_8));
        assertCorrupt(old, "too short", "expected 22 bytes, found 6");
    }

    @Test
    void aReaderKeepsTheFileItOpenedWhileItIsReplaced() throws IOException {
        StoredFile old = write(FILE, "first");
        try (InputStream in = storage.read(old)) {
            write(FILE, "other");
            assertThat(in.readAllBytes()).isEqualTo("first".getBytes(UTF_8));
        }
    }

    @Test
    void leavesNothingWhenTheContentFails() throws IOException {
        StoredFile before = write(FILE, "before");

        assertThatThrownBy(() -> storage.write(FILE, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(root.toRealPath().resolve(FILE).toString())
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> storage.write(FILE, out -> {
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(filesOnDisk()).containsExactly(FILE);
        assertThat(readAll(before)).isEqualTo("before".getBytes(UTF_8));
    }

    @Test
    void passesOnThatTheSourceOfACopyIsCorrupt() {
        CorruptSnapshotException corrupt = new CorruptSnapshotException("source");
        assertThatThrownBy(() -> storage.write(FILE, out -> {
                    throw corrupt;
                }))
                .isSameAs(corrupt);
    }

    @Test
    void deletesTheTemporaryFileWhenTheRenameFails() throws IOException {
        Files.createDirectories(root.resolve(FILE).resolve("in-the-way"));

        assertThatThrownBy(() -> write(FILE, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot write snapshot file")
                .hasMessageContaining(FILE);
        assertThat(filesOnDisk()).isEmpty();
    }

    @Test
    void namesPathAndCauseWhenADirectoryIsAFile() throws IOException {
        write("job", "a file");

        assertThatThrownBy(() -> write("job/epoch-1/x.run", "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("job/epoch-1/x.run")
                .hasMessageContaining("NotDirectory");
        assertThatThrownBy(() -> new LocalSnapshotStorage(root.resolve("job")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot open the snapshot storage");
    }

    @Test
    void takesNoBytesAfterTheWrite() throws IOException {
        List<OutputStream> leaked = new ArrayList<>();
        StoredFile file = storage.write(FILE, leaked::add);

        assertThatThrownBy(() -> {
                    leaked.get(0).write(new byte[100_000]);
                    leaked.get(0).flush();
                })
                .isInstanceOf(IOException.class);
        assertThat(readAll(file)).isEmpty();
    }

    @Test
    void namesAMissingFile() {
        assertCorrupt(new StoredFile(FILE, 5, 0), "is missing", FILE, "expected 5 bytes");
        assertCorrupt(new StoredFile("gone", 5, 0), "is missing");
    }

    @Test
    void refusesADirectoryInPlaceOfAFile() throws IOException {
        Files.createDirectories(root.resolve(FILE));
        assertCorrupt(new StoredFile(FILE, Files.size(root.resolve(FILE)), 0), "not a regular file");
    }

    @Test
    void findsEveryTruncationAndEveryAppendedByte() throws IOException {
        StoredFile file = write(FILE, "0123456789");
        byte[] bytes = Files.readAllBytes(root.resolve(FILE));
        for (int length = 0; length < bytes.length; length++) {
            Files.write(root.resolve(FILE), java.util.Arrays.copyOf(bytes, length));
            assertCorrupt(file, "too short", FILE, "expected 10 bytes, found " + length);
        }
        Files.write(root.resolve(FILE), java.util.Arrays.copyOf(bytes, 11));
        assertCorrupt(file, "too long", FILE, "expected 10 bytes, found 11");
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        StoredFile file = write(FILE, "0123456789");
        byte[] bytes = Files.readAllBytes(root.resolve(FILE));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(root.resolve(FILE), flipped);
            assertCorrupt(file, "wrong content", FILE);
        }
    }

    @Test
    void aReaderThatKnowsTheLengthIsNotFooledEither() throws IOException {
        StoredFile file = write(FILE, "0123456789");
        Files.writeString(root.resolve(FILE), "0123456780");

        try (InputStream in = storage.read(file)) {
            assertThat(in.readNBytes(9)).hasSize(9);
            assertThatThrownBy(in::read).isInstanceOf(CorruptSnapshotException.class);
            assertThatThrownBy(in::read).isInstanceOf(CorruptSnapshotException.class);
        }
        try (InputStream in = storage.read(file)) {
            assertThatThrownBy(() -> in.skip(10)).isInstanceOf(CorruptSnapshotException.class);
        }
    }

    @Test
    void noticesThatAFileShrinksWhileItIsRead() throws IOException {
        StoredFile file = storage.write(FILE, out -> out.write(new byte[200_000]));
        try (InputStream in = storage.read(file)) {
            in.readNBytes(10);
            Files.write(root.resolve(FILE), new byte[100]);
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(CorruptSnapshotException.class)
                    .hasMessageContaining("ended");
        }
    }

    @Test
    void closingEarlyVerifiesNothing() throws IOException {
        StoredFile file = write(FILE, "0123456789");
        Files.writeString(root.resolve(FILE), "0123456780");
        try (InputStream in = storage.read(file)) {
            assertThat(in.read()).isEqualTo('0');
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "..",
                ".",
                "../x",
                "a/../../x",
                "a/..",
                "a/./b",
                "a//b",
                "a/",
                "/a",
                "a\\b",
                "C:\\x",
                "a b",
                "a\u0000b",
                "ä",
                "%2e%2e/x",
                "~",
                "a:b",
                "x.~tmp"
            })
    void refusesPathsThatAreNotPlain(String path) throws IOException {
        Path sibling = Files.writeString(temp.resolve("x"), "keep");

        assertThatThrownBy(() -> write(path, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.read(new StoredFile(path, 0, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.delete(List.of(path))).isInstanceOf(IllegalArgumentException.class);
        if (!path.isEmpty()) {
            assertThatThrownBy(() -> storage.list(path)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(sibling).hasContent("keep");
        assertThat(filesOnDisk()).isEmpty();
    }

    @Test
    void limitsLengths() throws IOException {
        String longest = "a".repeat(StoragePath.MAX_SEGMENT_LENGTH);
        assertThat(readAll(write(longest, "x"))).isEqualTo("x".getBytes(UTF_8));
        assertThatThrownBy(() -> write(longest + "a", "x")).hasMessageContaining("longer than 200");
        assertThatThrownBy(() -> write("a/".repeat(600) + "b", "x")).hasMessageContaining("longer than 1024");
    }

    @Test
    void deletesNothingWhenOnePathIsRefused() throws IOException {
        StoredFile kept = write(FILE, "x");
        assertThatThrownBy(() -> storage.delete(List.of(FILE, "../x"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(readAll(kept)).isEqualTo("x".getBytes(UTF_8));
    }

    @Test
    void refusesSymbolicLinksThatLeadOut() throws IOException {
        Path outside = Files.createDirectories(temp.resolve("outside/empty")).getParent();
        Path secret = Files.writeString(outside.resolve("secret"), "abc");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("file"), secret);
        StoredFile through = new StoredFile("link/secret", 3, crcOf("abc"));

        assertEscapes(() -> write("link/new", "x"));
        assertEscapes(() -> write("link/deep/new", "x"));
        assertEscapes(() -> storage.read(through));
        assertEscapes(() -> storage.read(new StoredFile("file", 3, crcOf("abc"))));
        assertEscapes(() -> storage.list("link"));
        assertEscapes(() -> storage.delete(List.of("link/secret")));
        assertEscapes(() -> storage.delete(List.of("link/empty/x")));
        assertEscapes(() -> storage.deleteAbandonedWrites("link", Long.MAX_VALUE));

        assertThat(secret).hasContent("abc");
        try (Stream<Path> left = Files.list(outside)) {
            assertThat(left).containsExactlyInAnyOrder(secret, outside.resolve("empty"));
        }
        assertThat(storage.list("")).isEmpty();
    }

    @Test
    void worksWhenTheRootItselfIsALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("root-link"), root);
        LocalSnapshotStorage linked = new LocalSnapshotStorage(link);

        StoredFile file = linked.write(FILE, out -> out.write(1));

        assertThat(readAll(file)).containsExactly(1);
        assertThat(linked.list("job")).containsExactly(FILE);
    }

    @Test
    void listsBelowADirectorySorted() throws IOException {
        write("job/epoch-1/b", "x");
        write("job/epoch-1/a", "x");
        write("job/epoch-2/c", "x");
        write("job2/epoch-1/d", "x");

        assertThat(storage.list("job")).containsExactly("job/epoch-1/a", "job/epoch-1/b", "job/epoch-2/c");
        assertThat(storage.list("job/epoch-2")).containsExactly("job/epoch-2/c");
        assertThat(storage.list("none/here")).isEmpty();
        assertThat(storage.list("job/epoch-1/a")).isEmpty();
        assertThat(storage.list("")).hasSize(4);
    }

    @Test
    void listsNeitherFilesBeingWrittenNorForeignOnes() throws IOException {
        List<List<String>> during = new ArrayList<>();
        storage.write(FILE, out -> {
            out.write(new byte[100_000]);
            during.add(storage.list("job"));
            assertThat(filesOnDisk()).singleElement().asString().endsWith(".~tmp");
        });
        Files.writeString(root.resolve("job/not ours"), "x");

        assertThat(during).containsExactly(List.of());
        assertThat(storage.list("job")).containsExactly(FILE);
    }

    @Test
    void deletesFilesAndThenEmptyDirectories() throws IOException {
        write("job/epoch-1/checkpoint-1/a", "x");
        write("job/epoch-1/checkpoint-1/b", "x");
        write("job/epoch-1/checkpoint-2/a", "x");

        storage.delete(List.of("job/epoch-1/checkpoint-1/a", "never/there", "job/epoch-1/checkpoint-1/gone"));
        assertThat(root.resolve("job/epoch-1/checkpoint-1")).isDirectory();
        storage.delete(List.of("job/epoch-1/checkpoint-1/b"));
        assertThat(root.resolve("job/epoch-1/checkpoint-1")).doesNotExist();
        storage.delete(List.of("job/epoch-1/checkpoint-2/a"));
        storage.delete(List.of("job/epoch-1/checkpoint-2/a"));

        assertThat(root).isEmptyDirectory();
        assertThat(readAll(write("job/epoch-1/checkpoint-1/a", "again"))).isEqualTo("again".getBytes(UTF_8));
    }

    @Test
    void goesOnDeletingPastAFileThatCannotBe() throws IOException {
        write("job/dir/file", "x");
        write("job/other", "x");

        assertThatThrownBy(() -> storage.delete(List.of("job/dir", "job/other")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("job/dir")
                .hasMessageContaining("directory");
        assertThat(storage.list("")).containsExactly("job/dir/file");
    }

    @Test
    void deletesOnlyOldAbandonedWrites() throws IOException {
        write("job/epoch-1/checkpoint-1/a", "x");
        Path old = Files.writeString(root.resolve("job/epoch-1/checkpoint-1/b.1.~tmp"), "x");
        Path alone = Files.createDirectories(root.resolve("job/epoch-1/checkpoint-2"))
                .resolve("c.2.~tmp");
        Files.writeString(alone, "x");
        Path young = Files.writeString(root.resolve("job/epoch-1/checkpoint-1/d.3.~tmp"), "x");
        Files.setLastModifiedTime(old, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(alone, FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(root.resolve("job/epoch-1/checkpoint-1/a"), FileTime.fromMillis(1_000));
        Files.setLastModifiedTime(young, FileTime.fromMillis(5_000));

        assertThat(storage.deleteAbandonedWrites("job", 5_000)).isEqualTo(2);

        assertThat(filesOnDisk()).containsExactly("job/epoch-1/checkpoint-1/a", "job/epoch-1/checkpoint-1/d.3.~tmp");
        assertThat(alone.getParent()).doesNotExist();
    }

    @Test
    void writesAndDeletesInParallel() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String path = "job/shared/file-" + i;
            results.add(threads.submit(() -> {
                for (int round = 0; round < 25; round++) {
                    StoredFile file = write(path, path + round);
                    assertThat(readAll(file)).isEqualTo((path + round).getBytes(UTF_8));
                    storage.list("job");
                    storage.delete(List.of(path));
                }
                return null;
            }));
        }
        for (Future<?> result : results) {
            result.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();
        assertThat(root).isEmptyDirectory();
    }

    private StoredFile write(String path, String content) throws IOException {
        return storage.write(path, out -> out.write(content.getBytes(UTF_8)));
    }

    private byte[] readAll(StoredFile file) throws IOException {
        try (InputStream in = storage.read(file)) {
            return in.readAllBytes();
        }
    }

    private void assertCorrupt(StoredFile file, String... parts) {
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(CorruptSnapshotException.class)
                .message()
                .contains(parts);
    }

    private static void assertEscapes(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IOException.class).hasMessageContaining("outside of the storage");
    }

    private static long crcOf(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(UTF_8));
        return crc.getValue();
    }

    private List<String> filesOnDisk() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}

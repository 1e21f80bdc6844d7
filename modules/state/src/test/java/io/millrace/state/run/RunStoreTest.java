// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoredFile;
import io.millrace.serialization.ByteWriter;
import io.millrace.state.HeapStorage;
import io.millrace.state.RunKeys;
import io.millrace.state.RunReader;
import io.millrace.state.RunWriter;
import io.millrace.state.StateMeta;
import io.millrace.state.StateSnapshot;
import io.millrace.state.TestCodecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunStoreTest {
    private static final String PATH = "job/epoch-1/checkpoint-2/vertex-3-0.run";
    private static final StateMeta COUNTS = new StateMeta("counts", StateMeta.Kind.VALUE, "long/1", "none/1", "long/1");
    private static final StateMeta TIMERS =
            new StateMeta("timers", StateMeta.Kind.TIMERS, "long/1", "string/1", "none/1");

    /** Header, then frame and payload of the states, of one entry, and of the footer. */
    private static final String PINNED = "4d4c52554e01" + "010000003d501e0181"
            + "0206636f756e747301066c6f6e672f31066e6f6e652f31066c6f6e672f310674696d65727303066c6f6e672f3108737472696e672f31066e6f6e652f31"
            + "020000001115a481fd" + "0d020000000008000000000000000073d5" + "03000000282dca672d"
            + "0000000000000001000000020d000000000800000000000000000d00000000080000000000000000";

    private final HeapStorage storage = new HeapStorage();
    private final RunStore store = RunStore.on(storage);

    /** What a run is to hold. */
    private interface Content {
        void writeTo(RunWriter run) throws IOException;
    }

    private record Written(byte[] key, byte[] value) {}

    private StoredFile write(Content content) throws IOException {
        return store.write(PATH, new StateSnapshot() {
            @Override
            public void writeTo(RunWriter run) throws IOException {
                content.writeTo(run);
            }

            @Override
            public void close() {}
        });
    }

    private StoredFile write(List<Written> entries) throws IOException {
        return write(run -> {
            run.declareState(COUNTS);
            run.declareState(TIMERS);
            for (Written entry : entries) {
                run.append(entry.key, entry.key.length, entry.value, entry.value.length);
            }
        });
    }

    private List<Written> readAll(StoredFile file) throws IOException {
        List<Written> entries = new ArrayList<>();
        try (RunReader reader = store.open(file)) {
            assertThat(reader.states()).hasSizeLessThanOrEqualTo(2);
            while (reader.next()) {
                entries.add(new Written(reader.key(), reader.value()));
            }
        }
        return entries;
    }

    private static byte[] key(int keyGroup, int stateNumber, long key) {
        ByteWriter out = new ByteWriter();
        RunKeys.writePrefix(keyGroup, stateNumber, out);
        RunKeys.writeKey(key, new TestCodecs.LongCodec(), new ByteWriter(), out);
        return out.toByteArray();
    }

    private static List<Written> entries(int count, int valueLength) {
        Random random = new Random(count);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] value = new byte[valueLength];
                    random.nextBytes(value);
                    return new Written(key(i / 8, i / 4 % 2, i), value);
                })
                .toList();
    }

    private static void assertSame(List<Written> actual, List<Written> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i).key).isEqualTo(expected.get(i).key);
            assertThat(actual.get(i).value).isEqualTo(expected.get(i).value);
        }
    }

    private void assertDamaged(StoredFile file, String how) {
        Throwable thrown = null;
        try {
            readAll(file);
        } catch (Throwable e) {
            thrown = e;
        }
        assertThat(thrown).as(how).isInstanceOf(CorruptSnapshotException.class).hasMessageContaining(PATH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 1_000, 20_000})
    void entriesComeBackInOrder(int count) throws IOException {
        List<Written> entries = entries(count, 20);
        StoredFile file = write(entries);
        assertSame(readAll(file), entries);
        try (RunReader reader = store.open(file)) {
            assertThat(reader.states()).containsExactly(COUNTS, TIMERS);
        }
    }

    @Test
    void aRunWithoutStatesIsARun() throws IOException {
        assertThat(readAll(write(run -> {}))).isEmpty();
    }

    @Test
    void entriesLargerThanABlockComeBack() throws IOException {
        List<Written> entries = entries(5, 100_000);
        assertSame(readAll(write(entries)), entries);
    }

    // Pinned: later versions must read these bytes, and the checksums in them must not depend on the JDK.
    @Test
    void theLayoutIsPinned() throws IOException {
        StoredFile file = write(entries(1, 2));
        assertThat(HexFormat.of().formatHex(storage.bytes(file))).isEqualTo(PINNED);
    }

    @Test
    void keysThatDoNotAscendAreRefused() {
        Written first = new Written(key(1, 0, 5), new byte[0]);
        assertThatThrownBy(() -> write(List.of(first, new Written(key(1, 0, 4), new byte[0]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PATH)
                .hasMessageContaining("must ascend");
        assertThatThrownBy(() -> write(List.of(first, first))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysOfNoDeclaredStateAreRefused() {
        assertThatThrownBy(() -> write(List.of(new Written(key(1, 2, 5), new byte[0]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no composite key");
    }

    @Test
    void statesAreDeclaredOnceAndFirst() {
        assertThatThrownBy(() -> write(run -> {
                    run.declareState(COUNTS);
                    run.declareState(COUNTS);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'counts' is declared twice");
        assertThatThrownBy(() -> write(run -> {
                    run.declareState(COUNTS);
                    run.append(key(1, 0, 1), 13, new byte[0], 0);
                    run.declareState(TIMERS);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after the first entry");
    }

    @Test
    void everyFlippedBitIsDamage() throws IOException {
        for (int count : new int[] {0, 9}) {
            StoredFile file = write(entries(count, 3));
            byte[] whole = storage.bytes(file);
            for (int bit = 0; bit < whole.length * 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                storage.put(PATH, damaged);
                assertDamaged(file, "bit " + bit);
                // A handle that allows any length must not make a reader believe a block's length.
                assertDamaged(new StoredFile(PATH, Long.MAX_VALUE, 0), "bit " + bit + ", endless handle");
            }
        }
    }

    @Test
    void everyTruncationIsDamage() throws IOException {
        StoredFile file = write(entries(9, 3));
        byte[] whole = storage.bytes(file);
        for (int length = 0; length < whole.length; length++) {
            StoredFile truncated = storage.put(PATH, Arrays.copyOf(whole, length));
            assertDamaged(file, "length " + length);
            assertDamaged(truncated, "length " + length + ", as in the handle");
        }
    }

    @Test
    void bytesAfterTheEndAreDamage() throws IOException {
        StoredFile file = write(entries(9, 3));
        byte[] whole = storage.bytes(file);
        StoredFile longer = storage.put(PATH, Arrays.copyOf(whole, whole.length + 1));
        assertDamaged(file, "old handle");
        assertDamaged(longer, "new handle");
    }

    @Test
    void flippedBitsOfALargeRunAreDamage() throws IOException {
        StoredFile file = write(entries(3_000, 40));
        byte[] whole = storage.bytes(file);
        assertThat(whole.length).isGreaterThan(4 * RunFormat.BLOCK_LENGTH);
        Random random = new Random(17);
        for (int i = 0; i < 500; i++) {
            int bit = random.nextInt(whole.length * 8);
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            storage.put(PATH, damaged);
            assertDamaged(file, "bit " + bit);
        }
    }

    @Test
    void blocksThatChangedPlacesOrAreMissingAreDamage() throws IOException {
        // Each entry fills a block, so blocks have one length and each is a whole by itself.
        StoredFile file = write(entries(4, RunFormat.BLOCK_LENGTH));
        byte[] whole = storage.bytes(file);
        int blockLength = blockLengthAt(whole, statesEnd(whole));
        int first = statesEnd(whole);

        byte[] swapped = whole.clone();
        System.arraycopy(whole, first, swapped, first + blockLength, blockLength);
        System.arraycopy(whole, first + blockLength, swapped, first, blockLength);
        storage.put(PATH, swapped);
        assertDamaged(file, "swapped");

        byte[] shorter = new byte[whole.length - blockLength];
        System.arraycopy(whole, 0, shorter, 0, first + 3 * blockLength);
        System.arraycopy(
                whole,
                first + 4 * blockLength,
                shorter,
                first + 3 * blockLength,
                shorter.length - first - 3 * blockLength);
        assertDamaged(storage.put(PATH, shorter), "last block of entries missing");
    }

    private static int statesEnd(byte[] whole) {
        return RunFormat.HEADER_LENGTH + blockLengthAt(whole, RunFormat.HEADER_LENGTH);
    }

    private static int blockLengthAt(byte[] whole, int offset) {
        int length = 0;
        for (int i = 1; i <= 4; i++) {
            length = length << 8 | whole[offset + i] & 0xff;
        }
        return RunFormat.FRAME_LENGTH + length;
    }

    @Test
    void anotherFormatVersionIsNamed() throws IOException {
        StoredFile file = write(entries(1, 2));
        byte[] later = storage.bytes(file);
        later[5] = 2;
        storage.put(PATH, later);
        assertThatThrownBy(() -> store.open(file))
                .isInstanceOf(CorruptSnapshotException.class)
                .hasMessageContaining("version 2; this build reads version 1");
    }

    @Test
    void aReaderStandsAtNoEntryBeforeTheFirstAndAfterTheLast() throws IOException {
        try (RunReader reader = store.open(write(entries(1, 2)))) {
            assertThatThrownBy(reader::key).isInstanceOf(IllegalStateException.class);
            assertThat(reader.next()).isTrue();
            assertThat(reader.key()).isEqualTo(key(0, 0, 0));
            assertThat(reader.next()).isFalse();
            assertThat(reader.next()).isFalse();
            assertThatThrownBy(reader::value).isInstanceOf(IllegalStateException.class);
        }
    }
}

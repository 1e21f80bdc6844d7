// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.operators.OperatorContext;
import io.millrace.runtime.protocol.RecordBatch;
import io.millrace.serialization.Codec;
import io.millrace.serialization.Codecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackQueueTest {
    private static final int MEMORY = 12;

    @TempDir
    Path directory;

    /** What was given to IO threads and is not done. */
    private final Deque<Callable<Void>> pending = new ArrayDeque<>();

    private FeedbackQueue queue(long diskBytes) {
        Codec<?> codec = new Codecs(Map.of()).forType(TypeHint.of(Long.class));
        return new FeedbackQueue(
                new LoopSettings(directory, MEMORY, diskBytes),
                new SpillFolder(directory.resolve("queue")),
                "1-",
                new FeedbackCodec(unchecked(codec)),
                new FeedbackQueue.Io() {
                    @Override
                    public <R> void run(Callable<R> call, OperatorContext.AsyncHandler<R> handler) {
                        pending.add(() -> outcome(call, handler));
                    }
                },
                "the loop 'test'");
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> unchecked(Codec<?> codec) {
        return (Codec<Object>) codec;
    }

    @SuppressWarnings("NullAway")
    private static <R> Void outcome(Callable<R> call, OperatorContext.AsyncHandler<R> handler) throws Exception {
        R result;
        try {
            result = call.call();
        } catch (IOException e) {
            handler.handle(null, e);
            return null;
        }
        handler.handle(result, null);
        return null;
    }

    private void doAllIo() throws Exception {
        while (!pending.isEmpty()) {
            pending.remove().call();
        }
    }

    private static RecordBatch batch(long first, int size) {
        RecordBatch batch = new RecordBatch(size, size, false);
        for (int i = 0; i < size; i++) {
            batch.add(first + i, -first - i, 0);
        }
        return batch;
    }

    private static void append(RecordBatch batch, List<Long> to) {
        for (int i = 0; i < batch.size(); i++) {
            long value = (Long) batch.records()[i];
            assertThat(batch.timestamps()[i]).isEqualTo(-value);
            to.add(value);
        }
    }

    private long files() throws IOException {
        Path folder = directory.resolve("queue");
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.count();
        }
    }

    @Test
    void whatFitsStaysInMemory() throws Exception {
        FeedbackQueue queue = queue(1 << 20);
        queue.add(batch(0, 3));
        queue.add(batch(3, 1));
        List<Long> taken = new ArrayList<>();
        append(queue.poll(), taken);
        append(queue.poll(), taken);
        assertThat(taken).containsExactly(0L, 1L, 2L, 3L);
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
        assertThat(pending).isEmpty();
    }

    /** Additions, removals, finished IO and snapshots in any order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void keepsTheOrderHoweverMuchIsSpilled(long seed) throws Exception {
        Random random = new Random(seed);
        FeedbackQueue queue = queue(1 << 20);
        List<Long> taken = new ArrayList<>();
        List<byte[]> snapshots = new ArrayList<>();
        List<List<Long>> held = new ArrayList<>();
        long next = 0;
        boolean spilled = false;
        while (taken.size() < 2_000) {
            int what = random.nextInt(100);
            if (what < 45 && next < 2_000) {
                int size = (int) Math.min(1 + random.nextInt(5), 2_000 - next);
                queue.add(batch(next, size));
                next += size;
            } else if (what < (next < 2_000 ? 70 : 95)) {
                RecordBatch batch = queue.poll();
                if (batch != null) {
                    append(batch, taken);
                }
            } else if (!pending.isEmpty()) {
                pending.remove().call();
            }
            if (random.nextInt(200) == 0) {
                held.add(LongStream.range(taken.size(), next).boxed().toList());
                snapshots.add(queue.contents().write());
            }
            spilled |= files() > 0;
            assertThat(queue.size()).isEqualTo(next - taken.size());
        }
        doAllIo();
        assertThat(spilled).isTrue();
        assertThat(taken).isEqualTo(LongStream.range(0, 2_000).boxed().toList());
        assertThat(files()).isZero();
        for (int i = 0; i < snapshots.size(); i++) {
            List<Long> read = new ArrayList<>();
            new FeedbackCodec(unchecked(new Codecs(Map.of()).forType(TypeHint.of(Long.class))))
                    .read(snapshots.get(i))
                    .forEach(batch -> append(batch, read));
            assertThat(read).isEqualTo(held.get(i));
        }
    }

    @Test
    void aSnapshotKeepsItsFilesUntilItIsWritten() throws Exception {
        FeedbackQueue queue = queue(1 << 20);
        for (int i = 0; i < 100; i++) {
            queue.add(batch(i, 1));
        }
        doAllIo();
        FeedbackQueue.Contents contents = queue.contents();
        List<Long> taken = new ArrayList<>();
        while (taken.size() < 100) {
            RecordBatch batch = queue.poll();
            if (batch != null) {
                append(batch, taken);
            }
            doAllIo();
        }
        assertThat(files()).isPositive();
        assertThat(contents.write()).isNotEmpty();
        assertThat(files()).isZero();
    }

    @Test
    void takesNoMoreWhileTheDiskIsBehind() throws Exception {
        FeedbackQueue queue = queue(1 << 20);
        int added = 0;
        while (queue.isOpen() && added < 1_000) {
            queue.add(batch(added++, 1));
        }
        assertThat(added).isLessThanOrEqualTo(MEMORY);
        doAllIo();
        assertThat(queue.isOpen()).isTrue();
    }

    @Test
    void aQueueBeyondTheBudgetFails() {
        FeedbackQueue queue = queue(50);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        queue.add(batch(i, 1));
                        doAllIo();
                    }
                })
                .hasMessageContaining("the loop 'test' takes more than the 50 bytes")
                .hasMessageContaining("millrace.loop.disk-budget");
    }

    @Test
    void aFileThatIsGoneIsToldByName() throws Exception {
        FeedbackQueue queue = queue(1 << 20);
        for (int i = 0; i < 40; i++) {
            queue.add(batch(i, 1));
        }
        doAllIo();
        new SpillFolder(directory.resolve("queue")).delete();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 40; i++) {
                        queue.poll();
                        doAllIo();
                    }
                })
                .hasMessageContaining("the loop 'test' cannot be spilled")
                .hasMessageContaining("is gone");
    }

    @Test
    void whatACrashHasLeftIsDeleted() throws Exception {
        Path folder = directory.resolve("queue");
        Files.createDirectories(folder.resolve("deeper"));
        Files.write(folder.resolve("1-0"), new byte[] {1, 5, 0});
        Files.write(folder.resolve("deeper").resolve("x"), new byte[0]);
        new SpillFolder(folder).delete();
        assertThat(Files.exists(folder)).isFalse();
        assertThat(Files.exists(directory)).isTrue();
    }
}

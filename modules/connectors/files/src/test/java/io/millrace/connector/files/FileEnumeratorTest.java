// SPDX-License-Identifier: Apache-2.0
package io.millrace.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.source.FixedSplitEnumerator;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEnumeratorTest {
    /** Two readers; asynchronous calls wait for {@link #runCalls}. */
    private static final class Context implements SplitEnumeratorContext<FileSplit> {
        private interface Call {
            void run() throws Exception;
        }

        private final List<Call> calls = new ArrayList<>();
        private final Map<Integer, List<FileSplit>> assigned = new TreeMap<>();
        private final TreeSet<Integer> done = new TreeSet<>();

        void runCalls() throws Exception {
            List<Call> waiting = List.copyOf(calls);
            calls.clear();
            for (Call call : waiting) {
                call.run();
            }
        }

        @Override
        public int parallelism() {
            return 2;
        }

        @Override
        public void assignSplit(FileSplit split, int subtaskIndex) {
            assigned.computeIfAbsent(subtaskIndex, ignored -> new ArrayList<>()).add(split);
        }

        @Override
        public void signalNoMoreSplits(int subtaskIndex) {
            done.add(subtaskIndex);
        }

        @Override
        public <R> void callAsync(Callable<R> call, AsyncHandler<R> handler) {
            calls.add(() -> {
                R result;
                try {
                    result = call.call();
                } catch (Exception e) {
                    handler.handle(null, e);
                    return;
                }
                handler.handle(result, null);
            });
        }

        @Override
        public <R> void callAsyncPeriodically(
                Callable<R> call, AsyncHandler<R> handler, Duration initialDelay, Duration period) {
            throw new AssertionError("Files are listed once");
        }
    }

    @TempDir
    Path directory;

    private final Context context = new Context();

    @BeforeEach
    void makeFiles() throws Exception {
        TestFiles.write(directory.resolve("a.csv"), "x".repeat(100));
        TestFiles.write(directory.resolve("b.csv"), "x".repeat(30));
        TestFiles.write(directory.resolve("c.csv.gz"), "x".repeat(100));
        TestFiles.write(directory.resolve(".hidden.csv"), "x");
        TestFiles.write(Files.createDirectory(directory.resolve("sub")).resolve("d.csv"), "x");
    }

    private List<String> names(String... patterns) throws IOException {
        String[] absolute = new String[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            absolute[i] = directory + "/" + patterns[i];
        }
        return ReaderDriver.splits(Long.MAX_VALUE, absolute).stream()
                .map(split -> directory.relativize(Path.of(split.path())).toString())
                .toList();
    }

    @Test
    void findsPathsAndGlobs() throws Exception {
        assertThat(names("b.csv", "a.csv")).containsExactly("b.csv", "a.csv");
        assertThat(names("*.csv")).containsExactly("a.csv", "b.csv");
        assertThat(names("[ab].*")).containsExactly("a.csv", "b.csv");
        assertThat(names("{b,c}.csv*")).containsExactly("b.csv", "c.csv.gz");
        assertThat(names("*/?.csv")).containsExactly("sub/d.csv");
        assertThat(names("**.csv")).containsExactly("a.csv", "b.csv", "sub/d.csv");
        assertThat(names(".*.csv")).containsExactly(".hidden.csv");
        assertThat(names("b.csv", "*.csv", "sub/../a.csv")).containsExactly("b.csv", "a.csv");
    }

    @Test
    void readsAPathThatLooksLikeAGlobButExists() throws Exception {
        TestFiles.write(directory.resolve("x[1].csv"), "x");
        assertThat(names("x[1].csv")).containsExactly("x[1].csv");
    }

    @Test
    void cutsPlainFilesOnly() throws Exception {
        assertThat(ReaderDriver.splits(40, directory + "/*.csv*"))
                .extracting(split -> Path.of(split.path()).getFileName() + " " + split.start() + "-" + split.end())
                .containsExactly(
                        "a.csv 0-40", "a.csv 40-80", "a.csv 80-100", "b.csv 0-30", "c.csv.gz 0-" + Long.MAX_VALUE);
    }

    @Test
    void saysWhichPathIsWrongAndWhatToDo() {
        assertThatThrownBy(() -> names("*.txt"))
                .hasMessageContaining("No file matches '" + directory + "/*.txt'")
                .hasMessageContaining("Check the path");
        assertThatThrownBy(() -> names("none/*.txt")).hasMessageContaining("none, which is not a directory");
        assertThatThrownBy(() -> names("none.csv"))
                .hasMessageContaining("There is no file '" + directory + "/none.csv'");
        assertThatThrownBy(() -> names("sub"))
                .hasMessageContaining("'" + directory + "/sub' is a directory")
                .hasMessageContaining("sub/*.csv");
    }

    @Test
    void listsOffThreadAndDealsOut() throws Exception {
        var enumerator = FileSource.lines(directory + "/*.csv").withSplitSize(1).createEnumerator(context);
        enumerator.start();
        assertThat(context.assigned).isEmpty();
        assertThat(enumerator.snapshotState(1).listed()).isFalse();

        context.runCalls();

        assertThat(context.assigned.get(0)).hasSize(FixedSplitEnumerator.SPLITS_A_READER);
        assertThat(context.assigned.get(1)).hasSize(FixedSplitEnumerator.SPLITS_A_READER);
        assertThat(context.done).isEmpty();
        FileEnumeratorState state = throughBytes(enumerator.snapshotState(2));
        assertThat(state.listed()).isTrue();
        assertThat(state.unassigned()).hasSize(2);

        enumerator.handleSplitRequest(1);
        enumerator.handleSplitRequest(1);
        assertThat(context.assigned.get(1)).hasSize(FixedSplitEnumerator.SPLITS_A_READER + 2);
        assertThat(context.done).containsExactly(0, 1);
    }

    @Test
    void goesOnFromItsState() throws Exception {
        FileSource<String> source = FileSource.lines(directory + "/a.csv");
        List<FileSplit> rest = ReaderDriver.splits(50, directory + "/a.csv");

        var listed = source.restoreEnumerator(context, throughBytes(new FileEnumeratorState(true, rest)));
        listed.start();
        assertThat(context.calls).isEmpty();
        assertThat(context.assigned).isEqualTo(Map.of(0, rest.subList(0, 1), 1, rest.subList(1, 2)));

        var unlisted = source.restoreEnumerator(context, throughBytes(new FileEnumeratorState(false, List.of())));
        unlisted.start();
        assertThat(context.calls).hasSize(1);
    }

    @Test
    void failsWithTheListersError() throws Exception {
        SplitEnumerator<FileSplit, FileEnumeratorState> enumerator =
                FileSource.lines(directory + "/none").createEnumerator(context);
        enumerator.start();
        assertThatThrownBy(context::runCalls).isInstanceOf(IOException.class).hasMessageContaining("There is no file");
    }

    private static FileEnumeratorState throughBytes(FileEnumeratorState state) throws IOException {
        return FileEnumeratorState.SERIALIZER.deserialize(1, FileEnumeratorState.SERIALIZER.serialize(state));
    }
}

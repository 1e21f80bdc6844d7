// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.function.AsyncRetry;
import io.millrace.api.function.KeySelector;
import io.millrace.api.graph.AsyncSettings;
import io.millrace.api.graph.AsyncSettings.Order;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.time.Timestamps;
import io.millrace.api.types.TypeHint;
import io.millrace.operators.assembly.Operators;
import io.millrace.operators.harness.Emitted;
import io.millrace.operators.harness.EmittedWatermark;
import io.millrace.operators.harness.OperatorHarness;
import io.millrace.operators.harness.OperatorSnapshotCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One random life of an operator with asynchronous calls. The input is a list of records, numbered from 0, and watermarks;
 * what the operator emits and what it lets pass is one list too, which is judged at the end.
 */
final class AsyncCase {
    private static final int KEYS = 3;

    /** A place in the input: a record, or a watermark with no record. */
    private record Element(Integer record, long time) {}

    /** What a crash falls back to. */
    private record Saved(OperatorSnapshotCopy snapshot, int position, List<Object> output, long passed) {}

    final Random random;
    private final Order order;
    private final int capacity;
    private final boolean fanOut;
    private final int answersAtOnce;
    private final int mostFailures;
    private final TypeHint<?> type;
    private final List<Element> input = new ArrayList<>();
    private List<Object> output = new ArrayList<>();
    private Asked asked;
    private OperatorHarness harness;
    private Saved saved;
    private int position;
    private long passed = Timestamps.NONE;
    int crashes;
    int watermarksHeld;
    int failures;

    AsyncCase(long seed, Order order) {
        this.random = new Random(seed);
        this.order = order;
        this.capacity = 1 + random.nextInt(6);
        this.fanOut = random.nextInt(3) == 0;
        this.answersAtOnce = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
        this.mostFailures = random.nextInt(4);
        this.type = random.nextBoolean() ? TypeHint.of(Integer.class) : null;
        int records = random.nextInt(25);
        long watermark = random.nextInt(10) - 5L;
        for (int i = 0; i < records; i++) {
            input.add(new Element(i, random.nextInt(100)));
            while (random.nextInt(4) == 0) {
                watermark += 1 + random.nextInt(10);
                input.add(new Element(null, watermark));
            }
        }
        input.add(new Element(null, Timestamps.END));
    }

    @Override
    public String toString() {
        return "capacity " + capacity + ", input " + input + ", output " + output;
    }

    private static List<String> resultsOf(int record) {
        return IntStream.range(0, (record * 7 + 3) % 4)
                .mapToObj(i -> record + "/" + i)
                .toList();
    }

    private void begin(OperatorSnapshotCopy restored) throws Exception {
        asked = new Asked(AsyncCase::resultsOf, record -> record % answersAtOnce == answersAtOnce - 1);
        AsyncSettings settings = AsyncSettings.DEFAULT
                .withOrder(order)
                .withCapacity(capacity)
                .withTimeout(Duration.ofDays(1))
                .withRetry(
                        AsyncRetry.exponential(Duration.ZERO, Duration.ofMillis(5), 2, 1_000)
                                .onException(IOException.class::isInstance),
                        null);
        KeySelector<Integer, Integer> key = record -> record % KEYS;
        harness = OperatorHarness.unkeyed(
                Operators.create(
                        new OperatorSpec.AsyncSpec(asked, settings, order == Order.ORDERED_BY_KEY ? key : null, type),
                        OperatorHarness.SPECIALISER),
                restored);
    }

    void run() throws Exception {
        begin(null);
        saved = new Saved(harness.snapshot(1), 0, List.of(), passed);
        while (position < input.size()) {
            act();
        }
        finish();
        judge();
    }

    private void act() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> feed();
            case 4, 5 -> answer();
            case 6 -> fail();
            case 7 -> {
                harness.passTime(Duration.ofMillis(random.nextInt(4)));
                goOn();
            }
            case 8 -> snapshot();
            default -> {
                if (random.nextInt(5) == 0) {
                    crash();
                }
            }
        }
        if (random.nextInt(2) == 0) {
            goOn();
        }
        checkCapacity();
    }

    private void feed() throws Exception {
        Element next = input.get(position);
        if (next.record == null) {
            position++;
            takeOutput();
            long reached = harness.passWatermark(next.time);
            takeOutput();
            if (reached < next.time) {
                watermarksHeld++;
            }
            pass(reached);
        } else if (harness.pauses() == 0 || fanOut && random.nextInt(3) == 0) {
            position++;
            harness.process(next.record, next.time);
            takeOutput();
        }
    }

    private void pass(long watermark) {
        if (watermark > passed) {
            passed = watermark;
            output.add(new EmittedWatermark(watermark));
        }
    }

    /** Moves what the harness keeps to the end of the output. */
    private void takeOutput() {
        for (Object element : harness.emitted()) {
            if (element instanceof EmittedWatermark mark) {
                pass(mark.watermark());
            } else {
                output.add(element);
            }
        }
        harness.emitted().clear();
    }

    private void answer() {
        if (!asked.open.isEmpty()) {
            asked.answer(random.nextInt(asked.open.size()));
        }
    }

    private void fail() {
        if (!asked.open.isEmpty() && random.nextInt(4) < mostFailures) {
            failures++;
            asked.fail(random.nextInt(asked.open.size()), new IOException("planned"));
        }
    }

    /** A turn, with room for a few records, none, or any number. */
    private void goOn() throws Exception {
        int room = random.nextInt(4);
        harness.setRoom(room == 3 ? Integer.MAX_VALUE : room);
        harness.handleExecuted();
        if (room == 0) {
            assertThat(harness.records()).as("a full output").isEmpty();
        }
        harness.setRoom(random.nextInt(4) == 0 ? 0 : Integer.MAX_VALUE);
        takeOutput();
    }

    private void snapshot() throws Exception {
        saved = new Saved(harness.snapshot(saved.snapshot.checkpointId() + 1), position, List.copyOf(output), passed);
    }

    private void crash() throws Exception {
        crashes++;
        List<Asked.Call> late = List.copyOf(asked.open);
        harness.operator().close();
        begin(saved.snapshot);
        // What was asked before is answered in vain.
        late.forEach(call -> call.answer().complete(List.of("late")));
        position = saved.position;
        output = new ArrayList<>(saved.output);
        passed = saved.passed;
    }

    private void checkCapacity() {
        assertThat(asked.open.size()).isLessThanOrEqualTo(capacity);
        long inFlight = input.subList(0, position).stream()
                .filter(element -> element.record != null && !hasLeft(element.record))
                .count();
        if (!fanOut) {
            assertThat(inFlight).isLessThanOrEqualTo(capacity + emptyOnes());
        }
        if (inFlight >= capacity + emptyOnes()) {
            assertThat(harness.pauses()).isEqualTo(1);
        }
        assertThat(harness.pauses()).isBetween(0, 1);
    }

    /** Records without results leave unseen. */
    private long emptyOnes() {
        return input.subList(0, position).stream()
                .filter(element ->
                        element.record != null && resultsOf(element.record).isEmpty())
                .count();
    }

    private boolean hasLeft(int record) {
        return output.stream().anyMatch(element -> element instanceof Emitted emitted && recordOf(emitted) == record);
    }

    private void finish() throws Exception {
        harness.setRoom(Integer.MAX_VALUE);
        while (!harness.operator().endInput()) {
            while (!asked.open.isEmpty()) {
                asked.answer(random.nextInt(asked.open.size()));
            }
            harness.passTime(Duration.ofMillis(10));
            assertThat(harness.handleExecuted()).isTrue();
            takeOutput();
        }
        assertThat(harness.pauses()).isZero();
        assertThat(asked.open).isEmpty();
    }

    // --- the definition

    private void judge() {
        List<Emitted> results = output.stream()
                .filter(Emitted.class::isInstance)
                .map(Emitted.class::cast)
                .toList();
        List<Emitted> expected = input.stream()
                .filter(element -> element.record != null)
                .flatMap(element -> resultsOf(element.record).stream().map(text -> new Emitted(text, element.time)))
                .toList();
        assertThat(results).containsExactlyInAnyOrderElementsOf(expected);
        if (order == Order.ORDERED) {
            assertThat(results).containsExactlyElementsOf(expected);
        }
        if (order == Order.ORDERED_BY_KEY) {
            assertThat(byKey(results)).isEqualTo(byKey(expected));
        }
        judgeWatermarks();
    }

    private static Map<Integer, List<Emitted>> byKey(List<Emitted> results) {
        return results.stream().collect(Collectors.groupingBy(result -> recordOf(result) % KEYS));
    }

    private static int recordOf(Emitted result) {
        String text = (String) result.record();
        return Integer.parseInt(text.substring(0, text.indexOf('/')));
    }

    /** Before each watermark stand the results of the records before it in the input, and no others. */
    private void judgeWatermarks() {
        int records = 0;
        int place = 0;
        long last = Timestamps.NONE;
        for (Object element : output) {
            if (element instanceof Emitted result) {
                assertThat(recordOf(result))
                        .as("the record of a result before its watermark")
                        .isLessThan(reach(place));
                assertThat(recordOf(result))
                        .as("the record of a result after a watermark")
                        .isGreaterThanOrEqualTo(records);
                continue;
            }
            long watermark = ((EmittedWatermark) element).watermark();
            assertThat(watermark).isGreaterThan(last);
            last = watermark;
            while (place < input.size() && !isWatermark(input.get(place), watermark)) {
                place++;
            }
            assertThat(place).as("the place of watermark " + watermark).isLessThan(input.size());
            place++;
            records = recordsBefore(place);
        }
        assertThat(last).isEqualTo(Timestamps.END);
    }

    private static boolean isWatermark(Element element, long watermark) {
        return element.record == null && element.time == watermark;
    }

    /** Records up to the watermark that ends the stretch from a place of the input: its last, for some are joined. */
    private int reach(int from) {
        int place = from;
        while (place < input.size() && input.get(place).record == null) {
            place++;
        }
        while (place < input.size() && input.get(place).record != null) {
            place++;
        }
        return recordsBefore(place);
    }

    private int recordsBefore(int place) {
        return (int) input.subList(0, place).stream()
                .filter(element -> element.record != null)
                .count();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.generated;

import io.millrace.testkit.simulation.SeededRandom;
import io.millrace.testkit.simulation.Timed;
import java.util.ArrayList;
import java.util.List;

/** Draws jobs and streams. */
final class Drawing {
    private static final List<Integer> KEYS = List.of(1, 2, 7, 50);
    private static final int MOST_STEPS = 7;

    /** Timestamps go to this from both ends, less some space for what windows and timers add. */
    private static final long NEAR_LIMIT = Long.MAX_VALUE / 8 - 10_000_000;

    private final SeededRandom random;
    private long nextValue;

    private Drawing(SeededRandom random) {
        this.random = random;
    }

    static CaseShape draw(SeededRandom random) {
        return new Drawing(random).draw();
    }

    private CaseShape draw() {
        List<SourceShape> sources = new ArrayList<>();
        boolean mayBeLate = random.chance(0.25);
        long begin = begin();
        int count = random.chance(0.7) ? 1 : 2;
        for (int i = 0; i < count; i++) {
            sources.add(source(begin, mayBeLate));
        }
        List<Step> steps = new ArrayList<>();
        int length = random.between(1, MOST_STEPS);
        for (int i = 0; i < length; i++) {
            steps.add(new Step(random.pick(List.of(StepKind.values())), random.below(8), random.nextLong()));
        }
        return new CaseShape(sources, steps);
    }

    private long begin() {
        return switch (random.below(10)) {
            case 0, 1, 2, 3 -> 0;
            case 4, 5 -> -1_000;
            case 6, 7 -> 1_700_000_000_000L;
            case 8 -> NEAR_LIMIT;
            default -> -NEAR_LIMIT;
        };
    }

    private SourceShape source(long begin, boolean mayBeLate) {
        long bound = random.chance(0.2) ? 0 : random.chance(0.3) ? random.between(1L, 10L) : random.between(1L, 300L);
        int splits = random.chance(0.4) ? 1 : random.between(2, 4);
        int keys = random.pick(KEYS);
        boolean ownKeys = random.chance(0.5);
        boolean skewed = random.chance(0.3);
        List<List<Timed>> all = new ArrayList<>();
        Pace pace = new Pace(random.pick(List.of(0, 1, 2, 30)), random.chance(0.3) ? 5_000 : 0);
        for (int split = 0; split < splits; split++) {
            List<Timed> records = new ArrayList<>();
            int count = random.chance(0.1) ? 0 : random.between(1, random.chance(0.2) ? 100 : 30);
            long time = begin;
            for (int i = 0; i < count; i++) {
                time += pace.next(random);
                boolean repeated = !records.isEmpty() && random.chance(0.05);
                long disorder =
                        mayBeLate && random.chance(0.2) ? random.between(0L, 1_000L) : random.between(0L, bound);
                long key = skewed && random.chance(0.7) ? 0 : random.below(keys);
                Item item = new Item(ownKeys ? key * splits + split : key, nextValue++);
                records.add(repeated ? records.get(records.size() - 1) : new Timed(item, time - disorder));
            }
            all.add(records);
        }
        return new SourceShape(all, random.chance(0.1) ? -1 : bound);
    }

    /**
     * How time passes.
     *
     * @param step the most between two records
     * @param gap and now and then this, if not 0
     */
    private record Pace(int step, int gap) {
        private long next(SeededRandom random) {
            return random.below(step + 1) + (gap > 0 && random.chance(0.1) ? gap : 0);
        }
    }
}

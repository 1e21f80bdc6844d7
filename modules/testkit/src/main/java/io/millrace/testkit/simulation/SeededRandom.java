// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** All chance of a simulation: the same seed gives the same numbers. Confined to one simulation. */
public final class SeededRandom {
    private final long seed;
    private final SplittableRandom random;

    public SeededRandom(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    public long seed() {
        return seed;
    }

    /** From 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From {@code first} to {@code last}, both included. */
    public long between(long first, long last) {
        return random.nextLong(first, last + 1);
    }

    public int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public long nextLong() {
        return random.nextLong();
    }

    public <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Types as users write them: in no module of ours, private where they like. */
final class Samples {
    private Samples() {}

    enum Side {
        BUY,
        SELL {
            @Override
            int sign() {
                return -1;
            }
        };

        int sign() {
            return 1;
        }
    }

    record Leg(String symbol, @Nullable Side side, long quantity) {}

    record Trade(
            long id,
            double price,
            @Nullable String note,
            @Nullable Integer lot,
            @Nullable Instant at,
            @Nullable List<Leg> legs,
            @Nullable Map<String, BigDecimal> fees,
            @Nullable Set<Side> sides,
            Optional<Leg> hedge) {}

    record Flat(
            boolean a,
            byte b,
            short c,
            char d,
            int e,
            long f,
            float g,
            double h,
            @Nullable UUID id) {}

    record Empty() {}

    record Tree(String label, List<Tree> children) {}

    record Chain(int value, @Nullable Chain next) {}

    sealed interface Shape permits Circle, Square, Group {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Group(List<Shape> members) implements Shape {}

    sealed interface Result<T> permits Ok, Failed {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String reason) implements Result<T> {}

    record Pair<A, B>(A first, B second) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Arrays(int @Nullable [] ints, String[] names, Leg[][] legs, byte[] bytes) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive: " + value);
            }
        }
    }

    static class Animal {
        private String name = "";
        protected final List<Leg> legs = new ArrayList<>();
        transient int cached;

        private Animal() {}

        Animal(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        @Override
        public boolean equals(Object other) {
            return other != null
                    && other.getClass() == getClass()
                    && ((Animal) other).name.equals(name)
                    && ((Animal) other).legs.equals(legs);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, legs);
        }
    }

    static final class Dog extends Animal {
        int age;

        private Dog() {
            super("");
        }

        Dog(String name, int age) {
            super(name);
            this.age = age;
        }
    }

    interface Venue {}

    record Exchange(String code) implements Venue {}

    record Listed(Venue venue) {}

    record Bag(Object content) {}

    record Basket(String name, List<Bag> bags) {}

    static final class NoDefault {
        final int value;

        NoDefault(int value) {
            this.value = value;
        }
    }

    record HoldsNoDefault(NoDefault held) {}

    record UserDay(String user, LocalDate day) {}

    private record Secret(Side side, UserDay userDay, int shard) {}

    static Object secret(Side side, UserDay userDay, int shard) {
        return new Secret(side, userDay, shard);
    }

    record Priced(String symbol, double price) {}

    record Deep(Pair<String, Priced> inner) {}

    record All(
            String a,
            boolean b,
            char c,
            byte d,
            short e,
            int f,
            long g,
            UUID h,
            LocalDate i,
            LocalDateTime j,
            Instant k) {}
}

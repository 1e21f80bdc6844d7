// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static io.millrace.serialization.Bytes.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.Animal;
import io.millrace.serialization.Samples.Bag;
import io.millrace.serialization.Samples.Chain;
import io.millrace.serialization.Samples.Circle;
import io.millrace.serialization.Samples.Exchange;
import io.millrace.serialization.Samples.Group;
import io.millrace.serialization.Samples.Leg;
import io.millrace.serialization.Samples.Ok;
import io.millrace.serialization.Samples.Pair;
import io.millrace.serialization.Samples.Result;
import io.millrace.serialization.Samples.Shape;
import io.millrace.serialization.Samples.Side;
import io.millrace.serialization.Samples.Trade;
import io.millrace.serialization.Samples.Tree;
import io.millrace.serialization.Samples.UserDay;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, a codec gives a value or a CodecException, and takes no memory that they do not justify. */
class DamagedBytesTest {
    /** A codec with a good value to damage. */
    private record Subject(Codec<Object> codec, byte[] good) {
        @Override
        public String toString() {
            return codec.describe();
        }
    }

    private static final List<Subject> SUBJECTS = subjects();

    private static List<Subject> subjects() {
        List<Subject> all = new ArrayList<>();
        ValueCodecsTest.golden().forEach(golden -> {
            @SuppressWarnings("unchecked")
            Class<Object> type = (Class<Object>) golden.get()[0];
            add(all, CODECS.forType(TypeHint.of(type)), golden.get()[1]);
        });
        KeyCodecsTest.golden().forEach(golden -> add(all, KeyCodecsTest.codecOf(golden.get()[0]), golden.get()[0]));
        add(all, CODECS.forType(TypeHint.of(Trade.class)), KryoCodecTest.trade());
        add(all, CODECS.forType(TypeHint.of(Shape.class)), new Group(List.of(new Circle(1), new Group(List.of()))));
        add(all, CODECS.forType(TypeHint.of(Tree.class)), new Tree("a", List.of(new Tree("b", List.of()))));
        add(all, CODECS.forType(TypeHint.of(Chain.class)), new Chain(1, new Chain(2, null)));
        add(all, CODECS.forType(TypeHint.of(Animal.class)), new Animal("Rex"));
        add(all, CODECS.forType(TypeHint.of(long[].class)), new long[] {1, 2, 3});
        add(all, CODECS.forType(TypeHint.of(String[][].class)), new String[][] {{"a"}, {"b", null}});
        add(all, CODECS.forType(new TypeHint<Result<Leg>>() {}), new Ok<>(new Leg("A", null, 1)));
        add(
                all,
                CODECS.forType(new TypeHint<Pair<Trade, List<Side>>>() {}),
                new Pair<>(KryoCodecTest.trade(), List.of(Side.BUY)));
        add(
                all,
                CODECS.forType(new TypeHint<Map<String, List<Leg>>>() {}),
                Map.of("a", List.of(new Leg("A", null, 1))));
        add(all, CODECS.forType(new TypeHint<TreeSet<BigDecimal>>() {}), new TreeSet<>(List.of(BigDecimal.TEN)));
        add(all, CODECS.forType(new TypeHint<Optional<Instant>>() {}), Optional.of(Instant.MAX));
        Codecs registered = new Codecs(Map.of(1, Exchange.class, 2, Animal.class));
        add(all, registered.forType(TypeHint.of(Bag.class)), new Bag(new ArrayList<>(List.of(Map.of("a", 1), new int[] {
            1
        }))));
        add(all, registered.selfDescribing(), List.of(new Exchange("X"), 1, Side.SELL, KryoCodecTest.trade()));
        add(all, CODECS.forKey(null), new UserDay("u", LocalDate.EPOCH));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static <T> void add(List<Subject> all, Codec<T> codec, Object good) {
        Codec<Object> unchecked = (Codec<Object>) codec;
        all.add(new Subject(unchecked, write(unchecked, good)));
    }

    @Provide
    Arbitrary<Subject> subject() {
        return Arbitraries.of(SUBJECTS);
    }

    /** True if a value came out. */
    private static boolean readable(Codec<Object> codec, byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        try {
            Object value = codec.duplicate().read(in);
            assertThat(value).isNotNull();
            assertThat(in.position()).isBetween(0, bytes.length);
            return true;
        } catch (CodecException e) {
            assertThat(e).hasMessageNotContaining("null pointer");
            return false;
        }
    }

    @Property(tries = 1500)
    void anyBytes(@ForAll("subject") Subject subject, @ForAll byte[] bytes) {
        readable(subject.codec, bytes);
    }

    @Property(tries = 4000)
    void changedBytes(@ForAll("subject") Subject subject, @ForAll Random random) {
        byte[] bytes = subject.good.clone();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = (byte) (random.nextBoolean() ? bytes[at] ^ 1 << random.nextInt(8) : random.nextInt());
        }
        readable(subject.codec, bytes);
    }

    @Test
    void truncatedBytesAreNeverAValue() {
        for (Subject subject : SUBJECTS) {
            for (int length = 0; length < subject.good.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(subject.good, length);
                assertThat(readable(subject.codec, cut))
                        .as("%s cut to %s", subject, length)
                        .isFalse();
            }
            assertThat(readable(subject.codec, subject.good)).isTrue();
        }
    }

    /** Each place where a length may stand gets the largest one: nothing of the kind may be allocated (the heap is 1 GB). */
    @Test
    void hugeLengthsEverywhere() {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
        for (Subject subject : SUBJECTS) {
            for (int at = 0; at < subject.good.length; at++) {
                byte[] bytes = java.util.Arrays.copyOf(subject.good, subject.good.length + huge.length);
                System.arraycopy(huge, 0, bytes, at, huge.length);
                readable(subject.codec, bytes);
            }
        }
    }

    record Node(Node[] children) {}

    /** Each level claims all bytes that are left: 200 times four megabytes, if it were believed. */
    @Test
    void nestedClaimsTakeNoMemory() {
        Codec<Node> codec = CODECS.forType(TypeHint.of(Node.class));
        int size = 1 << 20;
        ByteWriter out = new ByteWriter();
        for (int level = 0; level < 200; level++) {
            out.writeByte(1); // a node
            out.writeByte(1); // its array
            out.writeVarInt(size);
        }
        byte[] bytes = java.util.Arrays.copyOf(out.toByteArray(), size + out.position());
        bytes[out.position()] = 7; // neither null nor a node
        assertThat(codec.read(new ByteReader(write(codec, new Node(new Node[3000]))))
                        .children())
                .hasSize(3000);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> codec.read(new ByteReader(bytes)))
                .isInstanceOf(CodecException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16L * size);
    }

    @Test
    void aCodecWorksAfterDamage() {
        Map<Codec<Object>, byte[]> good = new LinkedHashMap<>();
        SUBJECTS.forEach(subject -> good.put(subject.codec.duplicate(), subject.good));
        Random random = new Random(7);
        good.forEach((codec, bytes) -> {
            for (int i = 0; i < 50; i++) {
                byte[] damaged = new byte[random.nextInt(40)];
                random.nextBytes(damaged);
                try {
                    codec.read(new ByteReader(damaged));
                } catch (CodecException expected) {
                    assertThat(expected.getMessage()).isNotBlank();
                }
            }
        });
        // A key without a declared type may have taken a class from the damage: all others are as before.
        good.forEach((codec, bytes) -> {
            if (!codec.describe().equals("key-undeclared/1")) {
                assertThat(write(codec, codec.read(new ByteReader(bytes)))).isEqualTo(bytes);
            }
        });
    }
}

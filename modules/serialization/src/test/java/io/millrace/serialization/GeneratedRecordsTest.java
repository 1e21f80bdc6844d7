// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static io.millrace.serialization.Bytes.hex;
import static io.millrace.serialization.Bytes.roundTrip;
import static io.millrace.serialization.Bytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.All;
import io.millrace.serialization.Samples.Flat;
import io.millrace.serialization.Samples.Leg;
import io.millrace.serialization.Samples.Pair;
import io.millrace.serialization.Samples.Positive;
import io.millrace.serialization.Samples.Side;
import io.millrace.serialization.Samples.Trade;
import io.millrace.serialization.Samples.UserDay;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Generated code against the plain way: the same bytes, hashes, values and errors. */
class GeneratedRecordsTest {
    private static final int JUST_TOO_WIDE = 65;

    record Numbers(int a, long b, Integer c, Long d) {}

    private record Boxes(Boolean a, Byte b, Short c, Character d, Integer e, Long f, String g) {}

    record Nested(String name, Numbers numbers, Pair<String, Side> pair, LocalDate day) {}

    record Generic<T extends Comparable<T>>(T value, int count) {}

    record MaybeBoxes(
            @Nullable Boolean a,
            @Nullable Integer b,
            @Nullable Long c,
            @Nullable Double d,
            @Nullable String e,
            @Nullable Side f,
            @Nullable Leg g) {}

    record TextChain(@Nullable String text, @Nullable TextChain next) {}

    /** What the accessor says is not what the record holds, and must not be what is written. */
    record Disguised(String name, long number) {
        @Override
        public String name() {
            return "?";
        }

        @Override
        public long number() {
            return -1;
        }
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    record Wide(
            long a0,
            int a1,
            int a2,
            int a3,
            int a4,
            int a5,
            int a6,
            int a7,
            int a8,
            int a9,
            int b0,
            int b1,
            int b2,
            int b3,
            int b4,
            int b5,
            int b6,
            int b7,
            int b8,
            int b9,
            int c0,
            int c1,
            int c2,
            int c3,
            int c4,
            int c5,
            int c6,
            int c7,
            int c8,
            int c9,
            int d0,
            int d1,
            int d2,
            int d3,
            int d4,
            int d5,
            int d6,
            int d7,
            int d8,
            int d9,
            int e0,
            int e1,
            int e2,
            int e3,
            int e4,
            int e5,
            int e6,
            int e7,
            int e8,
            int e9,
            int f0,
            int f1,
            int f2,
            int f3,
            int f4,
            int f5,
            int f6,
            int f7,
            int f8,
            int f9,
            int g0,
            int g1,
            int g2,
            int g3,
            String g4) {}

    private static void assertSameKey(TypeHint<?> type, Object key) {
        ResolvedType resolved = ResolvedType.of(type.type());
        RecordKeyCodec plain = new RecordKeyCodec(resolved, "key", 0);
        KeyCodec<Object> generated = RecordKeyCodec.of(resolved, "key", 0);
        assertThat(generated.getClass().isHidden()).isTrue();
        byte[] bytes = write(plain, key);
        assertThat(hex(write(generated, key))).isEqualTo(hex(bytes));
        assertThat(generated.hash(key)).isEqualTo(plain.hash(key)).isEqualTo(Murmur3.hash(bytes, 0, bytes.length));
        assertThat(roundTrip(generated, key)).isEqualTo(key).isEqualTo(roundTrip(plain, key));
        assertThat(generated.duplicate()).isNotSameAs(generated).hasSameClassAs(generated);
        assertThat(generated.describe()).isEqualTo(plain.describe());
    }

    @Property(tries = 200)
    void keysAreTheSame(
            @ForAll int a,
            @ForAll long b,
            @ForAll short c,
            @ForAll String text,
            @ForAll Side side,
            @ForAll LocalDate day) {
        assertSameKey(TypeHint.of(Numbers.class), new Numbers(a, b, ~a, b ^ a));
        assertSameKey(TypeHint.of(Boxes.class), new Boxes(a > 0, (byte) a, c, (char) c, a, b, text));
        Nested nested = new Nested(text, new Numbers(a, b, 0, -1L), new Pair<>(text, side), day);
        assertSameKey(TypeHint.of(Nested.class), nested);
        assertSameKey(new TypeHint<Pair<Nested, Long>>() {}, new Pair<>(nested, b));
        assertSameKey(new TypeHint<Generic<String>>() {}, new Generic<>(text, a));
        assertSameKey(new TypeHint<Generic<Long>>() {}, new Generic<>(b, a));
        assertSameKey(
                TypeHint.of(All.class),
                new All(
                        text,
                        b < 0,
                        (char) c,
                        (byte) c,
                        c,
                        a,
                        b,
                        new UUID(b, a),
                        day,
                        day.atStartOfDay(),
                        Instant.EPOCH));
        Object secret = Samples.secret(side, new UserDay(text, day), a);
        assertSameKey(TypeHint.of(secret.getClass()), secret);
    }

    @Test
    void whatAKeyLacksIsNamed() {
        assertMissing(Numbers.class, new Numbers(1, 2, null, 3L), "Numbers.c: null cannot be a key");
        assertMissing(Boxes.class, new Boxes(true, null, (short) 0, 'a', 1, 2L, "g"), "Boxes.b: null");
        assertMissing(Boxes.class, new Boxes(true, (byte) 0, (short) 0, 'a', 1, 2L, null), "Boxes.g: null");
        assertMissing(Nested.class, new Nested("", null, new Pair<>("", Side.BUY), LocalDate.MIN), "Nested.numbers");
        assertMissing(Numbers.class, null, "Numbers: null");
    }

    @SuppressWarnings("unchecked")
    private static void assertMissing(Class<?> type, @Nullable Object key, String message) {
        KeyCodec<Object> codec = (KeyCodec<Object>) CODECS.forKey(TypeHint.of(type));
        assertThatThrownBy(() -> codec.hash(key))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> codec.write(key, new ByteWriter()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void aKeyOfAnotherClassIsRefused() {
        KeyCodec codec = CODECS.forKey(TypeHint.of(Numbers.class));
        assertThatThrownBy(() -> codec.hash("text")).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> codec.write(new Pair<>(1, 2), new ByteWriter()))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void aConstructorThatRefusesAKeyIsReported() {
        KeyCodec<Positive> codec = CODECS.forKey(TypeHint.of(Positive.class));
        assertThatThrownBy(() -> codec.read(new ByteReader(new byte[] {0, 0, 0, 0})))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("The constructor of " + Positive.class.getName() + " refuses")
                .hasMessageContaining("not positive");
    }

    /** A codec of values none of whose records is served by generated code. */
    private static final class Plain {
        private final ValueKryo kryo;
        private final Slot root;

        Plain(TypeHint<?> type) {
            TypeInspection inspection =
                    TypeInspector.inspect(ResolvedType.of(type.type()), new RegisteredTypes(Map.of()));
            this.kryo = new ValueKryo(inspection);
            this.root = Slots.of(inspection.root());
            for (Class<?> each : inspection.inspected()) {
                if (each.isRecord()) {
                    assertThat(kryo.getRegistration(each)
                                    .getSerializer()
                                    .getClass()
                                    .isHidden())
                            .isTrue();
                    kryo.getRegistration(each).setSerializer(new RecordSerializer(each));
                }
            }
        }

        byte[] write(Object value) {
            ByteWriter bytes = new ByteWriter(0);
            KryoBytes.Out out = new KryoBytes.Out();
            out.begin(bytes);
            root.write(kryo, out, value);
            out.finish(bytes);
            return bytes.toByteArray();
        }

        @Nullable
        Object read(byte[] bytes) {
            KryoBytes.In in = new KryoBytes.In();
            in.setBuffer(bytes);
            return root.read(kryo, in);
        }
    }

    private static <T> void assertSameValue(TypeHint<T> type, T value) {
        Plain plain = new Plain(type);
        Codec<T> generated = CODECS.forType(type);
        byte[] bytes = plain.write(value);
        assertThat(hex(write(generated, value))).isEqualTo(hex(bytes));
        assertThat(roundTrip(generated, value)).isEqualTo(value).isEqualTo(plain.read(bytes));
    }

    @Property(tries = 200)
    void primitivesAreTheSame(
            @ForAll boolean a,
            @ForAll byte b,
            @ForAll short c,
            @ForAll char d,
            @ForAll int e,
            @ForAll long f,
            @ForAll float g) {
        assertSameValue(TypeHint.of(Flat.class), new Flat(a, b, c, d, e, f, g, f * 0.5, new UUID(f, e)));
        assertSameValue(TypeHint.of(Numbers.class), new Numbers(e, f, e >> b, f >> d));
    }

    @Test
    void eachLengthOfALongIsTheSame() {
        for (int bits = 0; bits < Long.SIZE; bits++) {
            for (long value : new long[] {1L << bits, (1L << bits) - 1, -(1L << bits), ~(1L << bits)}) {
                assertSameValue(TypeHint.of(Numbers.class), new Numbers((int) value, value, 0, 0L));
            }
        }
    }

    @Property(tries = 200)
    void nullsAndTextsAreTheSame(
            @ForAll @WithNull Boolean a,
            @ForAll @WithNull Integer b,
            @ForAll @WithNull Long c,
            @ForAll @WithNull Double d,
            @ForAll @WithNull String e,
            @ForAll @WithNull Side f) {
        Leg leg = f == null ? null : new Leg("é" + e, f, 1);
        assertSameValue(TypeHint.of(MaybeBoxes.class), new MaybeBoxes(a, b, c, d, e, f, leg));
        assertSameValue(
                new TypeHint<Pair<MaybeBoxes, Optional<String>>>() {},
                new Pair<>(new MaybeBoxes(a, b, c, d, e, f, leg), Optional.ofNullable(e)));
        assertSameValue(
                TypeHint.of(Trade.class),
                new Trade(
                        7,
                        1.25,
                        e,
                        b,
                        Instant.EPOCH,
                        Arrays.asList(leg, null),
                        Map.of("tax", new BigDecimal("0.10")),
                        EnumSet.of(Side.SELL),
                        Optional.ofNullable(leg)));
        String longText = "0123456789".repeat(30) + e;
        assertSameValue(TypeHint.of(TextChain.class), new TextChain(longText, new TextChain(e, null)));
    }

    @Test
    void fieldsAreReadNotAccessors() {
        Disguised value = new Disguised("name", 5);
        assertThat(hex(write(CODECS.forType(TypeHint.of(Disguised.class)), value)))
                .isEqualTo(hex(new Plain(TypeHint.of(Disguised.class)).write(value)))
                .isEqualTo("01" + "01046e616d65" + "0a");
        KeyCodec<Disguised> key = CODECS.forKey(TypeHint.of(Disguised.class));
        assertThat(hex(write(key, value))).isEqualTo("6e616d6500" + "8000000000000005");
    }

    @Test
    void errorsNameTheField() {
        Codec<Pair<Leg, String>> codec = CODECS.forType(new TypeHint<Pair<Leg, String>>() {});
        byte[] leg = write(CODECS.forType(TypeHint.of(Leg.class)), new Leg("A", Side.SELL, Long.MAX_VALUE));
        assertThatThrownBy(() ->
                        CODECS.forType(TypeHint.of(Leg.class)).read(new ByteReader(Arrays.copyOf(leg, leg.length - 2))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Leg.quantity");
        assertThatThrownBy(() -> CODECS.forType(TypeHint.of(Leg.class)).read(new ByteReader(Arrays.copyOf(leg, 2))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Leg.symbol");
        byte[] pair = write(codec, new Pair<>(new Leg("A", Side.SELL, Long.MAX_VALUE), "end"));
        assertThatThrownBy(() -> codec.read(new ByteReader(Arrays.copyOf(pair, pair.length - 6))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("first.quantity");
    }

    @Test
    void textIsRefusedAtTheSameDepth() {
        Codec<TextChain> codec = CODECS.forType(TypeHint.of(TextChain.class));
        Plain plain = new Plain(TypeHint.of(TextChain.class));
        TextChain chain = null;
        for (int depth = 1; depth < ValueKryo.MAX_DEPTH; depth++) {
            chain = new TextChain("t", chain);
        }
        TextChain deepest = chain;
        byte[] bytes = plain.write(deepest);
        assertThat(write(codec, deepest)).isEqualTo(bytes);
        assertThat(codec.read(new ByteReader(bytes))).isEqualTo(deepest);
        TextChain tooDeep = new TextChain("t", deepest);
        assertThatThrownBy(() -> plain.write(tooDeep)).hasMessageContaining("Max depth exceeded: 500");
        assertThatThrownBy(() -> write(codec, tooDeep))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Max depth exceeded: 500")
                .hasMessageContaining("next.text");
    }

    @Test
    void aVeryWideRecordGoesThePlainWay() throws ReflectiveOperationException {
        Constructor<?> constructor = Wide.class.getDeclaredConstructors()[0];
        Object[] values = new Object[JUST_TOO_WIDE];
        Arrays.setAll(values, i -> i);
        values[0] = 1L << 40;
        values[JUST_TOO_WIDE - 1] = "wide";
        Wide wide = (Wide) constructor.newInstance(values);
        assertThat(RecordSerializer.of(Wide.class)).hasSameClassAs(new RecordSerializer(Wide.class));
        Codec<Wide> codec = CODECS.forType(TypeHint.of(Wide.class));
        assertThat(roundTrip(codec, wide)).isEqualTo(wide);
        KeyCodec<Wide> key = CODECS.forKey(TypeHint.of(Wide.class));
        assertThat(key.getClass().isHidden()).isFalse();
        assertThat(roundTrip(key, wide)).isEqualTo(wide);
        byte[] bytes = write(key, wide);
        assertThat(key.hash(wide)).isEqualTo(Murmur3.hash(bytes, 0, bytes.length));
    }

    @Test
    void aValueThatFailsLeavesTheWriterAsItWas() {
        Codec<TextChain> codec = CODECS.forType(TypeHint.of(TextChain.class));
        ByteWriter out = new ByteWriter(4);
        out.writeInt(0x01020304);
        TextChain chain = null;
        for (int i = 0; i <= ValueKryo.MAX_DEPTH; i++) {
            chain = new TextChain("t", chain);
        }
        TextChain tooDeep = chain;
        assertThatThrownBy(() -> codec.write(tooDeep, out)).isInstanceOf(CodecException.class);
        assertThat(hex(out.toByteArray())).isEqualTo("01020304");
        codec.write(new TextChain(null, null), out);
        assertThat(hex(out.toByteArray())).isEqualTo("01020304" + "010000");
    }

    /** Defines this test's classes anew, as the class loader of a job does. */
    private static final class JobLoader extends ClassLoader {
        private static final String OWN = GeneratedRecordsTest.class.getName();

        JobLoader() {
            super(GeneratedRecordsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.startsWith(OWN) && findLoadedClass(name) == null
                    ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Compares bytes: the JDK itself keeps a record class for ever once its {@code equals} was called. */
    @SuppressWarnings("unchecked")
    private static WeakReference<ClassLoader> useInJob() throws ReflectiveOperationException {
        ClassLoader loader = new JobLoader();
        Class<?> type = Class.forName(Numbers.class.getName(), true, loader);
        assertThat(type == Numbers.class).isFalse();
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Object value = constructor.newInstance(1, 2L, 3, 4L);
        KeyCodec<Object> key = (KeyCodec<Object>) CODECS.forKey(TypeHint.of(type));
        Codec<Object> codec = (Codec<Object>) CODECS.forType(TypeHint.of(type));
        assertThat(key.getClass().isHidden()).isTrue();
        KeyCodec<Numbers> ofTheTest = CODECS.forKey(TypeHint.of(Numbers.class));
        Numbers same = new Numbers(1, 2, 3, 4L);
        assertThat(key.hash(value)).isEqualTo(ofTheTest.hash(same));
        assertThat(write(key, roundTrip(key, value))).isEqualTo(write(ofTheTest, same));
        assertThat(write(codec, roundTrip(codec, value)))
                .isEqualTo(write(CODECS.forType(TypeHint.of(Numbers.class)), same));
        return new WeakReference<>(loader);
    }

    @Test
    void aJobsClassesCanBeUnloaded() throws ReflectiveOperationException {
        WeakReference<ClassLoader> loader = useInJob();
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
        }
        assertThat(loader.get()).isNull();
    }
}

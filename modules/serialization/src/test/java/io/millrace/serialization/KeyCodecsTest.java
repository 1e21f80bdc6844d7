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
import io.millrace.serialization.Samples.Chain;
import io.millrace.serialization.Samples.Deep;
import io.millrace.serialization.Samples.Pair;
import io.millrace.serialization.Samples.Priced;
import io.millrace.serialization.Samples.Side;
import io.millrace.serialization.Samples.UserDay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyCodecsTest {
    private static final All ALL = new All(
            "",
            true,
            'c',
            (byte) 1,
            (short) 2,
            3,
            4,
            new UUID(5, 6),
            LocalDate.EPOCH,
            LocalDate.EPOCH.atStartOfDay(),
            Instant.EPOCH);

    /** Keys, bytes, hashes: the format of snapshots and the way of records. On no JDK may one of them change. */
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("", "00", "514e28b7"),
                Arguments.of("a", "6100", "6f49d11a"),
                Arguments.of("user-42", "757365722d343200", "5baee476"),
                Arguments.of("é日😀", "c3a9e697a5f09f988000", "b9769430"),
                Arguments.of("a\u0000b\u0001", "61010162010200", "4cdd93c9"),
                Arguments.of("\ud83d", "eda0bd00", "c8b6e77b"),
                Arguments.of(true, "01", "e45ad1ab"),
                Arguments.of(false, "00", "514e28b7"),
                Arguments.of('é', "00e9", "28013a37"),
                Arguments.of((byte) -1, "7f", "5589d599"),
                Arguments.of((byte) 1, "81", "69e10770"),
                Arguments.of((short) -2, "7ffe", "3ed14d60"),
                Arguments.of((short) 258, "8102", "955865bf"),
                Arguments.of(0, "80000000", "f819e3d7"),
                Arguments.of(-1, "7fffffff", "6ade2b69"),
                Arguments.of(42, "8000002a", "d796584"),
                Arguments.of(Integer.MAX_VALUE, "ffffffff", "76293b50"),
                Arguments.of(Integer.MIN_VALUE, "00000000", "2362f9de"),
                Arguments.of(0L, "8000000000000000", "1174b9a2"),
                Arguments.of(-1L, "7fffffffffffffff", "48efb706"),
                Arguments.of(42L, "800000000000002a", "5771ddea"),
                Arguments.of(Long.MAX_VALUE, "ffffffffffffffff", "627564e8"),
                Arguments.of(Long.MIN_VALUE, "0000000000000000", "63852afc"),
                Arguments.of(new UUID(1, -1), "0000000000000001ffffffffffffffff", "12e8ee9f"),
                Arguments.of(LocalDate.of(2026, 3, 29), "800007ea031d", "e4700c2b"),
                Arguments.of(LocalDate.MIN, "446536010101", "49ed49b9"),
                Arguments.of(LocalDateTime.of(2026, 3, 29, 0, 0, 1), "800007ea031d000000003b9aca00", "12bc4625"),
                Arguments.of(Instant.ofEpochSecond(-1, 999_999_999), "7fffffffffffffff3b9ac9ff", "df47df6a"),
                Arguments.of(Instant.EPOCH, "800000000000000000000000", "62575423"),
                Arguments.of(Side.BUY, "42555900", "b2e78e54"),
                Arguments.of(Side.SELL, "53454c4c00", "1aa2e24f"),
                Arguments.of(new UserDay("u1", LocalDate.of(2026, 3, 29)), "753100800007ea031d", "fbfa02cc"),
                Arguments.of(
                        Samples.secret(Side.SELL, new UserDay("u1", LocalDate.of(2026, 3, 29)), -7),
                        "53454c4c00753100800007ea031d7ffffff9",
                        "e7b948f0"),
                Arguments.of(
                        ALL,
                        "0001006381800280000003800000000000000400000000000000050000000000000006800007b20101800007b201010000000000000000800000000000000000000000",
                        "928b000e"));
    }

    @SuppressWarnings("unchecked")
    static KeyCodec<Object> codecOf(Object key) {
        Class<?> type = key instanceof Enum<?> e ? e.getDeclaringClass() : key.getClass();
        return (KeyCodec<Object>) CODECS.forKey(TypeHint.of(type));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void bytesAndHashesAreFixed(Object key, String bytes, String hash) {
        KeyCodec<Object> codec = codecOf(key);
        assertThat(hex(write(codec, key))).isEqualTo(bytes);
        assertThat(Integer.toHexString(codec.hash(key))).isEqualTo(hash);
        assertThat(roundTrip(codec, key)).isEqualTo(key);
        assertThat(codec.copy(key)).isSameAs(key);
        assertThat(codec.isImmutable()).isTrue();
    }

    private static void assertCanonical(Object a, Object b) {
        KeyCodec<Object> codec = codecOf(a);
        byte[] bytesOfA = write(codec, a);
        byte[] bytesOfB = write(codec.duplicate(), b);
        assertThat(Arrays.equals(bytesOfA, bytesOfB)).isEqualTo(a.equals(b));
        assertThat(roundTrip(codec, a)).isEqualTo(a);
        assertThat(codec.hash(a)).isEqualTo(Murmur3.hash(bytesOfA, 0, bytesOfA.length));
        assertThat(codec.hash(b)).isEqualTo(Murmur3.hash(bytesOfB, 0, bytesOfB.length));
    }

    private static <K extends Comparable<? super K>> void assertSorted(K a, K b) {
        assertCanonical(a, b);
        assertThat(Integer.signum(Arrays.compareUnsigned(write(codecOf(a), a), write(codecOf(b), b))))
                .isEqualTo(Integer.signum(a.compareTo(b)));
    }

    @Property
    void numbersAreCanonicalAndSorted(
            @ForAll byte a,
            @ForAll byte b,
            @ForAll short c,
            @ForAll short d,
            @ForAll int e,
            @ForAll int f,
            @ForAll long g,
            @ForAll long h) {
        assertSorted(a, b);
        assertSorted(c, d);
        assertSorted(e, f);
        assertSorted(g, h);
        assertSorted(g, (long) e);
        assertSorted((char) c, (char) d);
        assertSorted(a < b, c < d);
    }

    @Property
    void timesAreCanonicalAndSorted(
            @ForAll LocalDate a,
            @ForAll LocalDate b,
            @ForAll LocalDateTime c,
            @ForAll LocalDateTime d,
            @ForAll Instant e,
            @ForAll Instant f) {
        assertSorted(e, f);
        assertCanonical(a, b);
        assertCanonical(c, d);
        assertThat(Integer.signum(Arrays.compareUnsigned(write(codecOf(a), a), write(codecOf(b), b))))
                .isEqualTo(Integer.signum(a.compareTo(b)));
        assertThat(Integer.signum(Arrays.compareUnsigned(write(codecOf(c), c), write(codecOf(d), d))))
                .isEqualTo(Integer.signum(c.compareTo(d)));
    }

    @Property
    void textIsCanonical(@ForAll String a, @ForAll String b) {
        assertCanonical(a, b);
        assertCanonical(a, a + "\0");
        assertCanonical(a + "\u0001", a + "\0");
    }

    @Property
    void textSortsByCodePoints(@ForAll String a, @ForAll String b) {
        String prefix = a.substring(0, a.length() / 2);
        if (wellFormed(a) && wellFormed(b) && wellFormed(prefix)) {
            assertThat(compareBytes(a, b)).isEqualTo(compareCodePoints(a, b));
            assertThat(compareBytes(prefix, a)).isEqualTo(compareCodePoints(prefix, a));
        }
    }

    private static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000);
    }

    private static int compareBytes(String a, String b) {
        return Integer.signum(Arrays.compareUnsigned(write(codecOf(a), a), write(codecOf(b), b)));
    }

    private static int compareCodePoints(String a, String b) {
        return Integer.signum(
                Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray()));
    }

    @Property
    void recordsAreCanonical(
            @ForAll String user, @ForAll String other, @ForAll LocalDate day, @ForAll Side side, @ForAll int shard) {
        assertCanonical(new UserDay(user, day), new UserDay(other, day));
        assertCanonical(
                Samples.secret(side, new UserDay(user, day), shard),
                Samples.secret(side, new UserDay(other, day), shard));
        KeyCodec<Pair<String, String>> pairs = CODECS.forKey(new TypeHint<Pair<String, String>>() {});
        Pair<String, String> joined = new Pair<>(user + other, "");
        Pair<String, String> apart = new Pair<>(user, other);
        assertThat(Arrays.equals(write(pairs, joined), write(pairs, apart))).isEqualTo(joined.equals(apart));
        assertThat(roundTrip(pairs, apart)).isEqualTo(apart);
    }

    @Property
    void uuidsAreCanonical(@ForAll long a, @ForAll long b) {
        assertCanonical(new UUID(a, b), new UUID(b, a));
    }

    private static void assertRefused(TypeHint<?> type, String... parts) {
        assertThatThrownBy(() -> CODECS.forKey(type))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("A key is a String, Boolean")
                .message()
                .contains(parts);
    }

    @Test
    void typesWithoutCanonicalBytesAreRefused() {
        assertRefused(TypeHint.of(Double.class), "Double: Double cannot be a key");
        assertRefused(TypeHint.of(float.class), "float");
        assertRefused(TypeHint.of(Priced.class), "Priced.price: double cannot be a key or part of one");
        assertRefused(TypeHint.of(Deep.class), "Deep.inner.second.price: double");
        assertRefused(TypeHint.of(byte[].class), "byte[]");
        assertRefused(new TypeHint<List<String>>() {}, "List<String>");
        assertRefused(TypeHint.of(Samples.Animal.class), "Animal");
        assertRefused(TypeHint.of(Pair.class), "Pair.first: Object");
        assertRefused(TypeHint.of(Chain.class), "contains itself");
        assertRefused(TypeHint.of(java.time.ZonedDateTime.class), "ZonedDateTime");
    }

    private static final class Identity {}

    private record Numbered(String name, int[] numbers) {}

    private record Sets(java.util.HashSet<String> tags) {}

    private record Maps(java.util.HashMap<String, Long> counts) {}

    private record Inside(String name, Sets sets) {}

    private record OfIdentity(Identity identity) {}

    /** Equal values of these can have different bytes, so recovery would look for their state in the wrong place. */
    @Test
    void typesWithoutCanonicalBytesAreRefusedDeclaredAndAtFirstUse() {
        Map<Object, String> keys = Map.of(
                new Identity(),
                "Identity: ",
                new int[] {1},
                "int[]",
                new Numbered("a", new int[] {1}),
                "Numbered.numbers: int[]",
                new Sets(new java.util.HashSet<>()),
                "Sets.tags: HashSet<String>",
                new Maps(new java.util.HashMap<>()),
                "Maps.counts: HashMap<String,Long>",
                new Inside("a", new Sets(new java.util.HashSet<>())),
                "Inside.sets.tags: HashSet<String>",
                new OfIdentity(new Identity()),
                "OfIdentity.identity: ",
                new java.util.HashSet<>(List.of("a")),
                "HashSet",
                new Object(),
                "Object");
        keys.forEach((key, path) -> {
            assertRefused(TypeHint.of(key.getClass()), path, "cannot be a key or part of one");
            assertThatThrownBy(() -> CODECS.forKey(null).hash(key))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("cannot be a key or part of one");
        });
    }

    @Test
    void nullIsRefused() {
        KeyCodec<UserDay> codec = CODECS.forKey(TypeHint.of(UserDay.class));
        assertThatThrownBy(() -> codec.hash(new UserDay("a", null)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("UserDay.day: null cannot be a key");
        for (Class<?> type : List.of(Long.class, String.class, Side.class, UserDay.class)) {
            KeyCodec<?> each = CODECS.forKey(TypeHint.of(type));
            assertThatThrownBy(() -> each.hash(null)).isInstanceOf(CodecException.class);
            assertThatThrownBy(() -> each.write(null, new ByteWriter())).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void primitivesAreTheirBoxes() {
        assertThat(CODECS.forKey(TypeHint.of(int.class)).describe()).isEqualTo("key-int/1");
    }

    @Test
    void descriptionsNameTheParts() {
        assertThat(CODECS.forKey(TypeHint.of(UserDay.class)).describe())
                .isEqualTo("key-record/1:" + UserDay.class.getName() + "{user:key-string/1,day:key-localdate/1}");
        assertThat(CODECS.forKey(TypeHint.of(Side.class)).describe()).isEqualTo("key-enum/1:" + Side.class.getName());
    }

    @Test
    void theFirstUndeclaredKeyDecides() {
        KeyCodec<Object> codec = CODECS.forKey(null);
        assertThat(codec.hash(5L)).isEqualTo(codecOf(5L).hash(5L));
        assertThat(roundTrip(codec, 6L)).isEqualTo(6L);
        assertThatThrownBy(() -> codec.hash("x"))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.lang.Long")
                .hasMessageContaining("java.lang.String");
        byte[] text = write(CODECS.forKey(null), "x");
        assertThatThrownBy(() -> codec.read(new ByteReader(text))).hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> CODECS.forKey(null).hash(1.5)).hasMessageContaining("cannot be a key");
    }

    @Test
    void undeclaredKeysCanBeReadFirst() {
        for (Object key : List.of(
                5L,
                "x",
                Side.SELL,
                new UserDay("u", LocalDate.EPOCH),
                Samples.secret(Side.BUY, new UserDay("", LocalDate.MAX), 1))) {
            byte[] bytes = write(CODECS.forKey(null), key);
            KeyCodec<Object> fresh = CODECS.forKey(null);
            assertThat(fresh.read(new ByteReader(bytes))).isEqualTo(key);
            assertThat(fresh.hash(key)).isEqualTo(codecOf(key).hash(key));
            assertThat(fresh.describe()).isEqualTo("key-undeclared/1");
            assertThat(write(fresh.duplicate(), key)).isEqualTo(bytes);
        }
    }

    @Test
    void damagedBytesDecideNothing() {
        KeyCodec<Object> codec = CODECS.forKey(null);
        assertThatThrownBy(() -> codec.read(new ByteReader(new byte[] {7, 1}))).isInstanceOf(CodecException.class);
        assertThat(roundTrip(codec, "x")).isEqualTo("x");
    }

    @Test
    void equalKeysOfOtherKindsDoNotMeet() {
        assertThat(write(codecOf(1), 1)).isNotEqualTo(write(codecOf(1L), 1L));
        assertThat(codecOf(ALL).describe()).contains("k:key-instant/1");
    }
}

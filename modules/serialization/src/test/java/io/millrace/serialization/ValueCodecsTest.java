// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static io.millrace.serialization.Bytes.hex;
import static io.millrace.serialization.Bytes.roundTrip;
import static io.millrace.serialization.Bytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.Side;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueCodecsTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 3, 29, 12, 0, 1, 999_999_999);

    /** One value of each type without parts and its bytes, which are a format: they must never change. */
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(Boolean.class, true, "boolean/1", "01"),
                Arguments.of(Byte.class, (byte) -2, "byte/1", "fe"),
                Arguments.of(Short.class, (short) -2, "short/1", "fffe"),
                Arguments.of(Character.class, 'é', "char/1", "00e9"),
                Arguments.of(Integer.class, -2, "int/1", "fffffffe"),
                Arguments.of(Long.class, 258L, "long/1", "0000000000000102"),
                Arguments.of(Float.class, 1.5f, "float/1", "3fc00000"),
                Arguments.of(Double.class, -1.5, "double/1", "bff8000000000000"),
                Arguments.of(String.class, "aé", "string/1", "0361c3a9"),
                Arguments.of(byte[].class, new byte[] {1, 2}, "bytes/1", "020102"),
                Arguments.of(BigInteger.class, BigInteger.valueOf(-256), "biginteger/1", "02ff00"),
                Arguments.of(BigDecimal.class, new BigDecimal("1.50"), "bigdecimal/1", "000000020200" + "96"),
                Arguments.of(UUID.class, new UUID(1, -1), "uuid/1", "0000000000000001ffffffffffffffff"),
                Arguments.of(Instant.class, Instant.ofEpochSecond(-1, 5), "instant/1", "ffffffffffffffff00000005"),
                Arguments.of(Duration.class, Duration.ofMillis(-1), "duration/1", "ffffffffffffffff3b8b87c0"),
                Arguments.of(LocalDate.class, LocalDate.of(1970, 1, 2), "localdate/1", "0000000000000001"),
                Arguments.of(LocalTime.class, LocalTime.of(0, 0, 0, 7), "localtime/1", "0000000000000007"),
                Arguments.of(
                        LocalDateTime.class,
                        LocalDateTime.of(1970, 1, 2, 0, 0, 0, 7),
                        "localdatetime/1",
                        "00000000000000010000000000000007"),
                Arguments.of(
                        OffsetDateTime.class,
                        LocalDateTime.of(1970, 1, 2, 0, 0).atOffset(ZoneOffset.ofHours(1)),
                        "offsetdatetime/1",
                        "0000000000000001000000000000000000000e10"),
                Arguments.of(
                        OffsetTime.class,
                        LocalTime.MIDNIGHT.atOffset(ZoneOffset.ofHours(1)),
                        "offsettime/1",
                        "000000000000000000000e10"),
                Arguments.of(
                        ZonedDateTime.class,
                        LocalDateTime.of(1970, 1, 2, 0, 0).atZone(ZoneId.of("UTC")),
                        "zoneddatetime/1",
                        "000000000000000100000000000000000000000003555443"),
                Arguments.of(ZoneOffset.class, ZoneOffset.ofHours(1), "zoneoffset/1", "00000e10"),
                Arguments.of(ZoneId.class, ZoneId.of("UTC"), "zoneid/1", "03555443"),
                Arguments.of(Period.class, Period.of(1, 2, 3), "period/1", "000000010000000200000003"),
                Arguments.of(Year.class, Year.of(2026), "year/1", "000007ea"),
                Arguments.of(YearMonth.class, YearMonth.of(2026, 11), "yearmonth/1", "000007ea0b"),
                Arguments.of(OptionalInt.class, OptionalInt.of(7), "optionalint/1", "0100000007"),
                Arguments.of(OptionalLong.class, OptionalLong.empty(), "optionallong/1", "00"),
                Arguments.of(OptionalDouble.class, OptionalDouble.of(1.5), "optionaldouble/1", "013ff8000000000000"),
                Arguments.of(Side.class, Side.SELL, "enum/1:" + Side.class.getName(), "0453454c4c"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void bytesAreFixed(Class<Object> type, Object value, String description, String bytes) {
        Codec<Object> codec = CODECS.forType(TypeHint.of(type));
        assertThat(hex(write(codec, value))).isEqualTo(bytes);
        assertThat(roundTrip(codec, value)).isEqualTo(value);
        assertThat(codec.describe()).isEqualTo(description);
        assertThat(codec.isImmutable()).isEqualTo(type != (Class<?>) byte[].class);
    }

    @Test
    void everyTypeWithoutPartsIsInTheTable() {
        Set<Class<?>> tested = new java.util.HashSet<>();
        golden().forEach(arguments -> tested.add((Class<?>) arguments.get()[0]));
        assertThat(tested).containsAll(ValueCodecs.all().keySet());
    }

    @Property
    void numbersAndTextSurvive(
            @ForAll int i,
            @ForAll long l,
            @ForAll double d,
            @ForAll String s,
            @ForAll BigDecimal big,
            @ForAll byte[] bytes) {
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Integer.class)), i)).isEqualTo(i);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Long.class)), l)).isEqualTo(l);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Double.class)), d)).isEqualTo(d);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(String.class)), s)).isEqualTo(s);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(BigDecimal.class)), big))
                .isEqualTo(big);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(byte[].class)), bytes)).isEqualTo(bytes);
    }

    @Property
    void timesSurvive(@ForAll Instant instant, @ForAll LocalDateTime local, @ForAll Duration duration) {
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Instant.class)), instant))
                .isEqualTo(instant);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(LocalDateTime.class)), local))
                .isEqualTo(local);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Duration.class)), duration))
                .isEqualTo(duration);
    }

    @Test
    void zonesSurviveAcrossTheHourThatIsTwice() {
        ZonedDateTime first = LocalDateTime.of(2026, 10, 25, 2, 30).atZone(ZoneId.of("Europe/Berlin"));
        Codec<ZonedDateTime> codec = CODECS.forType(TypeHint.of(ZonedDateTime.class));
        for (ZonedDateTime value : List.of(first.withEarlierOffsetAtOverlap(), first.withLaterOffsetAtOverlap())) {
            assertThat(roundTrip(codec, value)).isEqualTo(value);
        }
        assertThat(roundTrip(codec, NOON.atZone(ZoneOffset.ofHours(-3))).getOffset())
                .isEqualTo(ZoneOffset.ofHours(-3));
    }

    @Property
    void collectionsSurvive(@ForAll List<String> list, @ForAll Map<Integer, List<Long>> map, @ForAll Set<Byte> set) {
        assertThat(roundTrip(CODECS.forType(new TypeHint<List<String>>() {}), list))
                .isEqualTo(list);
        assertThat(roundTrip(CODECS.forType(new TypeHint<Map<Integer, List<Long>>>() {}), map))
                .isEqualTo(map);
        assertThat(roundTrip(CODECS.forType(new TypeHint<Set<Byte>>() {}), set)).isEqualTo(set);
    }

    @Test
    void collectionsKeepNullsAndOrder() {
        List<String> list = Arrays.asList("b", null, "a");
        assertThat(roundTrip(CODECS.forType(new TypeHint<List<String>>() {}), list))
                .isEqualTo(list);
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", null);
        map.put(null, 1);
        map.put("a", 2);
        Map<String, Integer> read = roundTrip(CODECS.forType(new TypeHint<Map<String, Integer>>() {}), map);
        assertThat(new ArrayList<>(read.entrySet())).isEqualTo(new ArrayList<>(map.entrySet()));
    }

    @Test
    void declaredClassesComeBackAsSuch() {
        TreeMap<String, Integer> sorted = new TreeMap<>(Map.of("b", 1, "a", 2));
        assertThat(roundTrip(CODECS.forType(new TypeHint<SortedMap<String, Integer>>() {}), sorted))
                .isInstanceOf(TreeMap.class)
                .isEqualTo(sorted);
        assertThat(roundTrip(CODECS.forType(new TypeHint<HashMap<String, Integer>>() {}), new HashMap<>(sorted)))
                .isExactlyInstanceOf(HashMap.class);
        assertThat(roundTrip(
                        CODECS.forType(new TypeHint<Optional<Optional<String>>>() {}), Optional.of(Optional.of("x"))))
                .contains(Optional.of("x"));
    }

    @Test
    void anOrderByCodeIsRefused() {
        Codec<TreeSet<String>> codec = CODECS.forType(new TypeHint<TreeSet<String>>() {});
        TreeSet<String> reversed = new TreeSet<>(Comparator.<String>reverseOrder());
        assertThatThrownBy(() -> write(codec, reversed))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("comparator");
        assertThatThrownBy(() -> codec.copy(reversed)).isInstanceOf(CodecException.class);
    }

    @Test
    void copiesOfCollectionsAreDeep() {
        Codec<Map<String, List<byte[]>>> codec = CODECS.forType(new TypeHint<Map<String, List<byte[]>>>() {});
        byte[] bytes = {1};
        Map<String, List<byte[]>> original = new HashMap<>(Map.of("a", new ArrayList<>(List.of(bytes))));
        Map<String, List<byte[]>> copy = codec.copy(original);
        bytes[0] = 2;
        original.get("a").add(bytes);
        assertThat(copy.get("a")).hasSize(1);
        assertThat(copy.get("a").get(0)).containsExactly(1);
        assertThat(codec.isImmutable()).isFalse();
        Codec<Optional<byte[]>> optional = CODECS.forType(new TypeHint<Optional<byte[]>>() {});
        assertThat(optional.isImmutable()).isFalse();
        assertThat(optional.copy(Optional.of(bytes)).orElseThrow())
                .isEqualTo(bytes)
                .isNotSameAs(bytes);
    }

    @Test
    void descriptionsNameTheParts() {
        assertThat(CODECS.forType(new TypeHint<Map<String, List<Long>>>() {}).describe())
                .isEqualTo("map/1:LinkedHashMap<string/1,collection/1:ArrayList<long/1>>");
        assertThat(CODECS.forType(new TypeHint<Optional<Integer>>() {}).describe())
                .isEqualTo("optional/1<int/1>");
    }

    @Test
    void aLengthFromDamagedBytesIsNotBelieved() {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0, 0};
        for (TypeHint<?> type : List.of(
                TypeHint.of(String.class),
                TypeHint.of(byte[].class),
                new TypeHint<List<Long>>() {},
                new TypeHint<Map<Long, Long>>() {})) {
            assertThatThrownBy(() -> CODECS.forType(type).read(new ByteReader(huge)))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void aRemovedConstantIsNamed() {
        byte[] bytes = write(CODECS.forType(TypeHint.of(String.class)), "HOLD");
        assertThatThrownBy(() -> CODECS.forType(TypeHint.of(Side.class)).read(new ByteReader(bytes)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("HOLD")
                .hasMessageContaining(Side.class.getName());
    }
}

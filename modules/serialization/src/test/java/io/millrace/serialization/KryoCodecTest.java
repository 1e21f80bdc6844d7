// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static io.millrace.serialization.Bytes.hex;
import static io.millrace.serialization.Bytes.roundTrip;
import static io.millrace.serialization.Bytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.Animal;
import io.millrace.serialization.Samples.Bag;
import io.millrace.serialization.Samples.Chain;
import io.millrace.serialization.Samples.Circle;
import io.millrace.serialization.Samples.Dog;
import io.millrace.serialization.Samples.Empty;
import io.millrace.serialization.Samples.Exchange;
import io.millrace.serialization.Samples.Flat;
import io.millrace.serialization.Samples.Group;
import io.millrace.serialization.Samples.Leg;
import io.millrace.serialization.Samples.Listed;
import io.millrace.serialization.Samples.Ok;
import io.millrace.serialization.Samples.Pair;
import io.millrace.serialization.Samples.Positive;
import io.millrace.serialization.Samples.Result;
import io.millrace.serialization.Samples.Shape;
import io.millrace.serialization.Samples.Side;
import io.millrace.serialization.Samples.Square;
import io.millrace.serialization.Samples.Trade;
import io.millrace.serialization.Samples.Tree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KryoCodecTest {
    private static final Codec<Trade> TRADES = CODECS.forType(TypeHint.of(Trade.class));

    record Lists(List<Integer> integers) {}

    record Maps(Map<String, Integer> integers) {}

    record Queues(Queue<Integer> integers) {}

    static Trade trade() {
        return new Trade(
                7,
                1.25,
                "note é😀",
                3,
                Instant.EPOCH,
                new ArrayList<>(List.of(new Leg("A", Side.SELL, -1), new Leg("B", null, Long.MAX_VALUE))),
                new TreeMap<>(Map.of("tax", new BigDecimal("0.10"))),
                EnumSet.of(Side.SELL),
                Optional.of(new Leg("H", Side.BUY, 1)));
    }

    @Test
    void recordsSurvive() {
        assertThat(roundTrip(TRADES, trade())).isEqualTo(trade());
    }

    @Test
    void nullComponentsSurvive() {
        Trade bare = new Trade(0, Double.NaN, null, null, null, null, null, null, Optional.empty());
        assertThat(roundTrip(TRADES, bare)).isEqualTo(bare);
        Trade holes = new Trade(1, 0, null, null, null, Arrays.asList(null, null), null, null, Optional.empty());
        assertThat(roundTrip(TRADES, holes)).isEqualTo(holes);
    }

    @Property
    void allPrimitivesSurvive(
            @ForAll boolean a,
            @ForAll byte b,
            @ForAll short c,
            @ForAll char d,
            @ForAll int e,
            @ForAll long f,
            @ForAll float g) {
        Flat flat = new Flat(a, b, c, d, e, f, g, f * 0.5, new UUID(f, e));
        Codec<Flat> codec = CODECS.forType(TypeHint.of(Flat.class));
        assertThat(roundTrip(codec, flat)).isEqualTo(flat);
        assertThat(codec.copy(flat)).isSameAs(flat);
    }

    @Property
    void textInRecordsSurvives(@ForAll String symbol, @ForAll Side side, @ForAll long quantity) {
        Leg leg = new Leg(symbol, side, quantity);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Leg.class)), leg)).isEqualTo(leg);
    }

    @Test
    void recursiveAndSealedTypesSurvive() {
        Tree tree =
                new Tree("root", List.of(new Tree("a", List.of()), new Tree("b", List.of(new Tree("c", List.of())))));
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Tree.class)), tree)).isEqualTo(tree);
        Shape shape = new Group(List.of(new Circle(1), new Group(List.of(new Square(2)))));
        assertThat(roundTrip(CODECS.forType(TypeHint.of(Shape.class)), shape)).isEqualTo(shape);
        Codec<Result<Leg>> results = CODECS.forType(new TypeHint<Result<Leg>>() {});
        assertThat(roundTrip(results, new Ok<>(new Leg("A", Side.BUY, 1))))
                .isEqualTo(new Ok<>(new Leg("A", Side.BUY, 1)));
    }

    @Test
    void genericRecordsSurvive() {
        Codec<Pair<List<Leg>, Pair<Integer, Shape>>> codec =
                CODECS.forType(new TypeHint<Pair<List<Leg>, Pair<Integer, Shape>>>() {});
        Pair<List<Leg>, Pair<Integer, Shape>> pair =
                new Pair<>(List.of(new Leg("A", null, 1)), new Pair<>(5, new Circle(2)));
        assertThat(roundTrip(codec, pair)).isEqualTo(pair);
    }

    @Test
    void manyEmptyRecordsSurvive() {
        Codec<List<Empty>> codec = CODECS.forType(new TypeHint<List<Empty>>() {});
        assertThat(roundTrip(codec, Collections.nCopies(50, new Empty()))).hasSize(50);
    }

    @Test
    void arraysSurvive() {
        Codec<Samples.Arrays> codec = CODECS.forType(TypeHint.of(Samples.Arrays.class));
        Leg leg = new Leg("A", Side.BUY, 1);
        Samples.Arrays value = new Samples.Arrays(
                new int[] {1, -2}, new String[] {"a", null}, new Leg[][] {{leg}, null, {}}, new byte[] {9});
        assertThat(roundTrip(codec, value)).usingRecursiveComparison().isEqualTo(value);
        assertThat(roundTrip(CODECS.forType(TypeHint.of(double[].class)), new double[] {1, 2}))
                .containsExactly(1, 2);
        Samples.Arrays copy = codec.copy(value);
        value.ints()[0] = 99;
        value.legs()[0][0] = null;
        assertThat(copy.ints()).containsExactly(1, -2);
        assertThat(copy.legs()[0][0]).isEqualTo(leg);
    }

    @Test
    void objectsOfUsersClassesSurvive() {
        Animal animal = new Animal("Rex");
        animal.legs.add(new Leg("front", null, 2));
        animal.cached = 5;
        Codec<Animal> codec = CODECS.forType(TypeHint.of(Animal.class));
        Animal read = roundTrip(codec, animal);
        assertThat(read).isEqualTo(animal);
        assertThat(read.cached).isZero();
        Animal copy = codec.copy(animal);
        animal.legs.clear();
        assertThat(copy.legs).hasSize(1);
        Dog dog = roundTrip(CODECS.forType(TypeHint.of(Dog.class)), new Dog("Bello", 3));
        assertThat(dog.name() + dog.age).isEqualTo("Bello3");
    }

    @Test
    void theJdksHiddenCollectionsHaveStandIns() {
        Codec<Lists> lists = CODECS.forType(TypeHint.of(Lists.class));
        for (List<Integer> list : List.of(
                Collections.unmodifiableList(new LinkedList<>(List.of(1, 2))),
                Arrays.asList(1, 2),
                List.of(1, 2),
                new ArrayList<>(List.of(0, 1, 2)).subList(1, 3),
                Stream.of(1, 2).toList())) {
            assertThat(roundTrip(lists, new Lists(list)).integers()).isEqualTo(List.of(1, 2));
            assertThat(lists.copy(new Lists(list))).isEqualTo(new Lists(List.of(1, 2)));
        }
        assertThat(roundTrip(lists, new Lists(Stream.of(1, null).toList())).integers())
                .containsExactly(1, null);
        Codec<Maps> maps = CODECS.forType(TypeHint.of(Maps.class));
        assertThat(roundTrip(maps, new Maps(new ConcurrentSkipListMap<>(Map.of("a", 1))))
                        .integers())
                .isInstanceOf(TreeMap.class)
                .isEqualTo(Map.of("a", 1));
        assertThat(roundTrip(maps, new Maps(Map.of("a", 1, "b", 2))).integers()).hasSize(2);
    }

    @Test
    void whatAStandInWouldLoseIsRefused() {
        Codec<Queues> codec = CODECS.forType(TypeHint.of(Queues.class));
        assertThatThrownBy(() -> write(codec, new Queues(new PriorityQueue<>(List.of(2, 1)))))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Queues.integers")
                .hasMessageContaining("java.util.PriorityQueue is not among the classes");
    }

    @Test
    void aSubclassThatNobodyDeclaredIsRefused() {
        assertThatThrownBy(() -> write(CODECS.forType(TypeHint.of(Animal.class)), new Dog("Bello", 3)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Dog.class.getName())
                .hasMessageContaining("env.registerType");
    }

    @Test
    void registeredClassesOpenAbstractTypes() {
        Codecs codecs = new Codecs(Map.of(12, Exchange.class, 7, Dog.class));
        Codec<Listed> listed = codecs.forType(TypeHint.of(Listed.class));
        assertThat(roundTrip(listed, new Listed(new Exchange("XETR")))).isEqualTo(new Listed(new Exchange("XETR")));
        assertThat(listed.describe())
                .contains("#12=" + Exchange.class.getName() + "{code:String}")
                .doesNotContain("#7");
        Animal read = roundTrip(codecs.forType(TypeHint.of(Animal.class)), new Dog("Bello", 3));
        assertThat(read).isInstanceOf(Dog.class);
        Codec<Bag> bags = codecs.forType(TypeHint.of(Bag.class));
        assertThat(roundTrip(bags, new Bag(List.of(new Exchange("A"), "x", 1))))
                .isEqualTo(new Bag(List.of(new Exchange("A"), "x", 1)));
        assertThatThrownBy(() -> write(bags, new Bag(new Thread())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void aRegisteredIdDoesNotDependOnOthers() {
        Codecs few = new Codecs(Map.of(12, Exchange.class));
        Codecs many = new Codecs(Map.of(12, Exchange.class, 1, Leg.class, 3, Trade.class));
        Listed value = new Listed(new Exchange("X"));
        assertThat(write(many.forType(TypeHint.of(Listed.class)), value))
                .isEqualTo(write(few.forType(TypeHint.of(Listed.class)), value));
    }

    /** The numbers of classes are a format: these bytes must never change. */
    @Test
    void bytesAreFixed() {
        assertThat(hex(write(CODECS.forType(TypeHint.of(Leg.class)), new Leg("A", Side.SELL, -1))))
                .isEqualTo("0101014101" + "0453454c4c" + "01");
        assertThat(hex(write(
                        CODECS.forType(TypeHint.of(Shape.class)), new Group(List.of(new Circle(1.5), new Square(2))))))
                .isEqualTo("53" + "2b02" + "52" + "000000000000f83f" + "54" + "0000000000000040");
    }

    @Test
    void immutabilityIsFoundOut() {
        assertThat(CODECS.forType(TypeHint.of(Flat.class)).isImmutable()).isTrue();
        assertThat(CODECS.forType(TypeHint.of(Chain.class)).isImmutable()).isTrue();
        assertThat(CODECS.forType(TypeHint.of(Circle.class)).isImmutable()).isTrue();
        assertThat(CODECS.forType(new TypeHint<Pair<String, Optional<Leg>>>() {})
                        .isImmutable())
                .isTrue();
        assertThat(CODECS.forType(TypeHint.of(Shape.class)).isImmutable()).isFalse();
        assertThat(CODECS.forType(TypeHint.of(Trade.class)).isImmutable()).isFalse();
        assertThat(CODECS.forType(TypeHint.of(Animal.class)).isImmutable()).isFalse();
        assertThat(CODECS.forType(TypeHint.of(int[].class)).isImmutable()).isFalse();
        assertThat(CODECS.forType(new TypeHint<Pair<String, byte[]>>() {}).isImmutable())
                .isFalse();
    }

    @Test
    void copiesAreDeep() {
        Trade original = trade();
        Trade copy = TRADES.copy(original);
        assertThat(copy).isEqualTo(original).isNotSameAs(original);
        original.legs().clear();
        original.fees().clear();
        assertThat(copy).isEqualTo(trade());
    }

    @Test
    void aCopySharesWhatCannotChange() {
        Tree leaf = new Tree("a", List.of());
        assertThat(CODECS.forType(TypeHint.of(Tree.class)).copy(leaf)).isSameAs(leaf);
    }

    @Test
    void descriptionsChangeWithTheLayout() {
        String leg = Leg.class.getName();
        assertThat(CODECS.forType(TypeHint.of(Leg.class)).describe())
                .isEqualTo("kryo/1:" + leg + "{symbol:String,side:" + Side.class.getName() + ",quantity:long};enum "
                        + Side.class.getName());
        assertThat(CODECS.forType(TypeHint.of(Animal.class)).describe())
                .startsWith("kryo/1:open " + Animal.class.getName() + "{legs:List<" + leg + ">,name:String}");
        assertThat(CODECS.forType(new TypeHint<Pair<String, Leg>>() {}).describe())
                .startsWith("kryo/1:" + Pair.class.getName() + "<String," + leg + ">;");
    }

    @Test
    void aConstructorThatRefusesIsReported() {
        Codec<Positive> codec = CODECS.forType(TypeHint.of(Positive.class));
        byte[] bytes = write(codec, new Positive(1));
        bytes[bytes.length - 1] = 1; // zigzag of -1
        assertThatThrownBy(() -> codec.read(new ByteReader(bytes)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("not positive: -1");
    }

    @Test
    void depthIsBoundedOnASmallStack() throws InterruptedException {
        Codec<Chain> codec = CODECS.forType(TypeHint.of(Chain.class));
        Chain deep = chain(ValueKryo.MAX_DEPTH - 1);
        List<Throwable> problems = Collections.synchronizedList(new ArrayList<>());
        Thread small = new Thread(
                null,
                () -> {
                    try {
                        assertThat(depth(roundTrip(codec, deep))).isEqualTo(ValueKryo.MAX_DEPTH - 1);
                        assertThatThrownBy(() -> write(codec, chain(20_000)))
                                .isInstanceOf(CodecException.class)
                                .hasMessageContaining("depth");
                        byte[] nested = new byte[100_000];
                        Arrays.fill(nested, (byte) 1);
                        assertThatThrownBy(() -> codec.read(new ByteReader(nested)))
                                .isInstanceOf(CodecException.class);
                    } catch (Throwable e) {
                        problems.add(e);
                    }
                },
                "small-stack",
                512 * 1024);
        small.start();
        small.join();
        assertThat(problems).isEmpty();
    }

    private static Chain chain(int length) {
        Chain chain = new Chain(0, null);
        for (int i = 1; i < length; i++) {
            chain = new Chain(i, chain);
        }
        return chain;
    }

    private static int depth(Chain chain) {
        int depth = 0;
        for (Chain each = chain; each != null; each = each.next()) {
            depth++;
        }
        return depth;
    }

    @Test
    void classesOfOtherTypesAreRefusedInBytes() {
        Codec<Shape> shapes = CODECS.forType(TypeHint.of(Shape.class));
        byte[] named = {1, 0, 0x10, 'j', 'a', 'v', 'a', '.', 'l', 'a', 'n', 'g', '.', 'T', 'h', 'r', 'e', 'a', 'd'};
        assertThatThrownBy(() -> shapes.read(new ByteReader(named)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("found a name");
        assertThatThrownBy(() -> shapes.read(new ByteReader(new byte[] {3, 1, 'a', 0})))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Expected a " + Shape.class.getName() + ", found a java.lang.String");
    }
}

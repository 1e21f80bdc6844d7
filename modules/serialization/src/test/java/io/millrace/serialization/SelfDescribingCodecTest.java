// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static io.millrace.serialization.Bytes.roundTrip;
import static io.millrace.serialization.Bytes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.Animal;
import io.millrace.serialization.Samples.Bag;
import io.millrace.serialization.Samples.Circle;
import io.millrace.serialization.Samples.Dog;
import io.millrace.serialization.Samples.Leg;
import io.millrace.serialization.Samples.Side;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfDescribingCodecTest {
    static final AtomicBoolean INITIALISED = new AtomicBoolean();

    /** What an attacker would like to have made. */
    static class Gadget {
        static {
            INITIALISED.set(true);
        }
    }

    sealed interface Vehicle permits Car {}

    static final class Car implements Vehicle {
        int wheels = 4;
    }

    private final Codec<Object> codec = CODECS.selfDescribing();

    @Test
    void valuesOfManyClassesSurvive() {
        Codec<Object> mixed = CODECS.selfDescribing();
        ByteWriter out = new ByteWriter();
        List<Object> values = List.of(
                1,
                2,
                "text",
                Side.SELL,
                Side.BUY,
                new Leg("A", Side.SELL, 1),
                new Circle(2),
                Instant.EPOCH,
                5L,
                KryoCodecTest.trade(),
                ZoneId.of("Europe/Berlin"),
                List.of(1, "two", Arrays.asList(3, null)),
                Map.of("a", new Leg("B", null, 2)),
                Set.of(1.5),
                Optional.of("x"),
                Optional.empty());
        values.forEach(value -> mixed.write(value, out));
        ByteReader in = new ByteReader(out.toByteArray());
        Codec<Object> reader = mixed.duplicate();
        for (Object value : values) {
            assertThat(reader.read(in)).isEqualTo(value);
        }
        assertThat(in.remaining()).isZero();
    }

    @Test
    void permittedAndRegisteredClassesSurvive() {
        assertThat(((Car) roundTrip(codec, new Car())).wheels).isEqualTo(4);
        Codec<Object> registered = new Codecs(Map.of(1, Animal.class)).selfDescribing();
        assertThat(roundTrip(registered, new Animal("Rex"))).isEqualTo(new Animal("Rex"));
    }

    @Test
    void otherClassesAreRefusedOnWriting() {
        assertThatThrownBy(() -> write(codec, new Dog("Bello", 3)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(Dog.class.getName())
                .hasMessageContaining(".returns(..)");
        assertThatThrownBy(() -> write(codec, new Bag("x")))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Bag.content: java.lang.Object");
        assertThatThrownBy(() -> write(codec, new int[0])).isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "java.lang.Runtime",
                "io.millrace.serialization.SelfDescribingCodecTest$Gadget",
                "io.millrace.serialization.SelfDescribingCodecTest$Vehicle",
                "[Lio.millrace.serialization.Samples$Leg;",
                "no.such.Class",
                "",
                "int",
                "a/b"
            })
    void otherClassesAreRefusedOnReading(String name) {
        ByteWriter out = new ByteWriter();
        out.writeString(name);
        out.writeLong(0);
        assertThatThrownBy(() ->
                        codec.read(new ByteReader(out.toByteArray(), 0, out.position() - (name.equals("int") ? 8 : 0))))
                .isInstanceOf(CodecException.class);
        assertThat(INITIALISED).isFalse();
    }

    @Test
    void aClassLoaderCanBeGiven() {
        ClassLoader knowsNothing = new ClassLoader(null) {};
        byte[] bytes = write(codec, new Circle(1));
        assertThatThrownBy(() ->
                        new Codecs(Map.of(), knowsNothing).selfDescribing().read(new ByteReader(bytes)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("Samples$Circle");
        assertThat(new Codecs(Map.of(), getClass().getClassLoader())
                        .selfDescribing()
                        .read(new ByteReader(bytes)))
                .isEqualTo(new Circle(1));
    }

    @Test
    void aListThatContainsItselfIsRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatThrownBy(() -> write(codec, self))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("100");
        assertThatThrownBy(() -> codec.copy(self)).isInstanceOf(CodecException.class);
        assertThat(roundTrip(codec, "still works")).isEqualTo("still works");
    }

    @Test
    void copiesAreDeep() {
        List<Object> original = new ArrayList<>(List.of(new byte[] {1}, "x"));
        Object copy = codec.copy(original);
        ((byte[]) original.get(0))[0] = 2;
        assertThat(((List<?>) copy).get(0)).isEqualTo(new byte[] {1});
        assertThat(codec.isImmutable()).isFalse();
        assertThat(codec.describe()).isEqualTo("self-describing/1");
    }

    @Test
    void theDeclaredTypeIsPreferred() {
        assertThat(CODECS.forTypeOrSelfDescribing(TypeHint.of(Long.class)).describe())
                .isEqualTo("long/1");
        assertThat(CODECS.forTypeOrSelfDescribing(null).describe()).isEqualTo("self-describing/1");
    }
}

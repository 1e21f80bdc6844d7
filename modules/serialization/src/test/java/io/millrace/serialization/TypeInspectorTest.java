// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static io.millrace.serialization.Bytes.CODECS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.Samples.Basket;
import io.millrace.serialization.Samples.Exchange;
import io.millrace.serialization.Samples.HoldsNoDefault;
import io.millrace.serialization.Samples.Leg;
import io.millrace.serialization.Samples.Listed;
import io.millrace.serialization.Samples.Pair;
import io.millrace.serialization.Samples.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TypeInspectorTest {
    record Raw(@SuppressWarnings("rawtypes") List list) {}

    record Wild(List<?> list, Map<String, ? extends Number> map) {}

    record Lambda(Function<String, String> function) {}

    record Growing<T>(Growing<List<T>> next) {}

    static class Extended extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    class Inner {
        int value;
    }

    private static void assertRefused(TypeHint<?> type, String... parts) {
        assertThatThrownBy(() -> CODECS.forType(type))
                .isInstanceOf(CodecException.class)
                .message()
                .contains(parts);
    }

    @Test
    void namesThePathToWhatHasNoCodec() {
        assertRefused(
                TypeHint.of(Basket.class),
                "Basket.bags[].content: java.lang.Object has no codec. Declare a record, an enum or a sealed type, or"
                        + " register a class with env.registerType(..).");
        assertRefused(TypeHint.of(Listed.class), "Listed.venue: " + Venue.class.getName() + " has no codec");
        assertRefused(new TypeHint<List<Map<String, Object>>>() {}, "List[][value]: java.lang.Object");
        assertRefused(new TypeHint<Map<Venue, String>>() {}, "Map[key]: ");
        assertRefused(TypeHint.of(Lambda.class), "Lambda.function: java.util.function.Function");
        assertRefused(TypeHint.of(Thread.class), "Thread: java.lang.Thread has no codec");
        assertRefused(TypeHint.of(Object[].class), "Object[][]: java.lang.Object");
        assertRefused(TypeHint.of(Void.class), "Void");
    }

    @Test
    void typeArgumentsMustBeKnown() {
        assertRefused(TypeHint.of(Raw.class), "Raw.list[]: java.lang.Object", "new TypeHint<YourType<..>>() {}");
        assertRefused(TypeHint.of(Pair.class), "Pair.first: java.lang.Object");
        assertRefused(TypeHint.of(Wild.class), "Wild.list[]: java.lang.Object");
        assertRefused(new TypeHint<Pair<String, ? extends Number>>() {}, "Pair.second: java.lang.Number");
        assertRefused(new TypeHint<Growing<String>>() {}, "contains itself with ever new type arguments");
    }

    @Test
    void classesThatCannotBeMadeAreRefused() {
        assertRefused(TypeHint.of(HoldsNoDefault.class), "HoldsNoDefault.held: ", "no constructor without parameters");
        assertRefused(TypeHint.of(Inner.class), "must be static");
        assertRefused(TypeHint.of(Extended.class), "extends java.util.ArrayList");
    }

    @Test
    void registrationsAreChecked() {
        assertThatThrownBy(() -> new Codecs(Map.of(10_000, Leg.class))).hasMessageContaining("0 to 9999");
        assertThatThrownBy(() -> new Codecs(Map.of(-1, Leg.class))).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> new Codecs(Map.of(1, Venue.class))).hasMessageContaining("concrete");
        assertThatThrownBy(() -> new Codecs(Map.of(1, Leg.class, 2, Leg.class))).hasMessageContaining("two ids");
        assertThat(new Codecs(Map.of(0, Leg.class, 9_999, Exchange.class)).forType(TypeHint.of(Listed.class)))
                .isNotNull();
    }

    @Test
    void classesAreSortedByName() {
        TypeInspection inspection =
                TypeInspector.inspect(ResolvedType.of(Samples.Trade.class), new RegisteredTypes(Map.of(5, Leg.class)));
        assertThat(inspection.inspected()).containsExactly(Samples.Side.class, Samples.Trade.class);
        assertThat(inspection.registered()).containsEntry(5, Leg.class).hasSize(1);
    }
}

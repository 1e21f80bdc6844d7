// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpecialisedClassesTest {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final class Inner implements Step {
        @Override
        public int apply(int value) {
            return value;
        }
    }

    @Test
    void copiesDoWhatTheirClassDoes() {
        Step step = SpecialisedClasses.create().at("0 add").create(LOOKUP, Step.class, Adding.class, 5);

        assertThat(step.apply(1)).isEqualTo(6);
        assertThatThrownBy(() -> step.apply(-1)).hasMessage("sum -1 at call 2");
    }

    @Test
    void aPlaceHasOneCopyAndEachPlaceItsOwn() {
        SpecialisedClasses classes = SpecialisedClasses.create();
        Step first = classes.at("0 a").create(LOOKUP, Step.class, Adding.class, 1);
        Step second = classes.at("0 a").create(LOOKUP, Step.class, Adding.class, 2);
        Step elsewhere = classes.at("1 b").create(LOOKUP, Step.class, Adding.class, 1);
        Step otherSet = SpecialisedClasses.create().at("0 a").create(LOOKUP, Step.class, Adding.class, 1);

        assertThat(second.apply(1)).isEqualTo(3);
        assertThat(second).hasSameClassAs(first);
        assertThat(elsewhere.getClass()).isNotEqualTo(first.getClass());
        assertThat(otherSet.getClass()).isNotEqualTo(first.getClass());
        assertThat(classes.size()).isEqualTo(2);
    }

    @Test
    void theNameTellsClassAndPlace() {
        Step step =
                SpecialisedClasses.create().at("2 usd/eur; now").at("link").create(LOOKUP, Step.class, Adding.class, 1);

        assertThat(step.getClass().isHidden()).isTrue();
        assertThat(step.getClass().getName()).startsWith(Adding.class.getName() + "$2_usd_eur__now_link/");
    }

    @Test
    void withoutSpecialisationInstancesAreOfTheClassItself() {
        assertThat(Specialiser.ordinary().create(LOOKUP, Step.class, Adding.class, 1))
                .isInstanceOf(Adding.class);
        assertThat(SpecialisedClasses.none().at("x").create(LOOKUP, Step.class, Adding.class, 1))
                .isInstanceOf(Adding.class);
    }

    @Test
    void aClassThatCannotBeCopiedIsRefusedWithAllReasons() {
        Specialiser specialiser = SpecialisedClasses.create().at("x");

        assertThatThrownBy(() -> specialiser.create(LOOKUP, Step.class, WithLambda.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "WithLambda cannot be specialised",
                        "field self has the class's own type",
                        "field made is static",
                        "method twice is static",
                        "method <init> has a lambda",
                        "2 constructors");
        assertThatThrownBy(() -> specialiser.create(LOOKUP, Step.class, Inner.class))
                .hasMessageContaining("declared inside another class");
    }

    @Test
    void aLookupOfAnotherPackageIsRefused() {
        assertThatThrownBy(() -> SpecialisedClasses.create()
                        .at("x")
                        .create(MethodHandles.publicLookup(), Step.class, Adding.class, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot define a copy of " + Adding.class.getName());
    }

    @Test
    void copiesAreUnloadedWhenNothingUsesThem() {
        WeakReference<Class<?>> copy = new WeakReference<>(SpecialisedClasses.create()
                .at("x")
                .create(LOOKUP, Step.class, Adding.class, 1)
                .getClass());

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return copy.get() == null;
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What no class of the main sources does or is called. */
class CodeRulesTest {
    private static final int MOST_PARAMETERS = 7;
    private static final int MOST_FIELDS = 15;

    /**
     * Classes on the path of every record, whose state is kept in fields rather than behind one more reference. The
     * numbers may fall, not rise.
     */
    private static final Map<String, Integer> FIELDS_OF_HOT_CLASSES =
            Map.of("io.millrace.connector.files.SplitCursor", 19);

    /** These words say nothing about what a class does, and attract what has no place. */
    @Test
    void namesSayWhatAClassDoes() {
        ArchRule rule = noClasses()
                .should()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Base")
                .orShould()
                .haveSimpleNameEndingWith("Common");
        rule.check(MainClasses.ALL);
    }

    /** Java serialization runs what its bytes say. */
    @Test
    void nothingIsDeserialisedByJava() {
        ArchRule rule = noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectOutputStream");
        rule.check(MainClasses.ALL);
    }

    /** A thread that sleeps is a thread that others wait for. The example shows what a sink that blocks does. */
    @Test
    void nobodySleeps() {
        ArchRule rule = noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.millrace.examples.SlowSink")
                .should()
                .callMethod(Thread.class, "sleep", long.class);
        rule.check(MainClasses.ALL);
    }

    @Test
    void whatAClassNeedsComesThroughItsConstructor() {
        ArchRule rule = noFields()
                .should()
                .beAnnotatedWith("javax.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired");
        rule.check(MainClasses.ALL);
    }

    @Test
    void parametersAreFew() {
        ArchRule rule = codeUnits().should(haveFewParameters());
        rule.check(MainClasses.ALL);
    }

    @Test
    void fieldsAreFew() {
        ArchRule rule = classes().should(haveFewFields());
        rule.check(MainClasses.ALL);
    }

    private static ArchCondition<JavaCodeUnit> haveFewParameters() {
        return new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                int parameters = unit.getRawParameterTypes().size();
                if (unit instanceof JavaConstructor && unit.getOwner().isInnerClass()) {
                    // The instance around it.
                    parameters--;
                }
                // A record's constructor lists its components; what the compiler makes lists what a lambda captures.
                boolean generated = unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                        || unit.getOwner().isAnonymousClass()
                        || unit.getOwner().isLocalClass()
                        || unit instanceof JavaConstructor && unit.getOwner().isRecord();
                if (!generated && parameters > MOST_PARAMETERS) {
                    events.add(SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " has " + parameters + " parameters"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveFewFields() {
        return new ArchCondition<>("have at most " + MOST_FIELDS + " fields") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long fields = type.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .count();
                if (!type.isRecord() && fields > FIELDS_OF_HOT_CLASSES.getOrDefault(type.getName(), MOST_FIELDS)) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + fields + " fields"));
                }
            }
        };
    }
}

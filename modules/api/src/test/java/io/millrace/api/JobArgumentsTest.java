// SPDX-License-Identifier: Apache-2.0
package io.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {
    @Test
    void takesNamedPositionalAndFlagArguments() {
        JobArguments args = JobArguments.of("in.csv", "--rate", "5", "--out=a=b", "--verbose", "--dry", "last");

        assertThat(args.positional()).containsExactly("in.csv");
        assertThat(args.get("rate")).contains("5");
        assertThat(args.get("out", "x")).isEqualTo("a=b");
        assertThat(args.flag("verbose")).isTrue();
        assertThat(args.get("dry")).as("what follows a name is its value").contains("last");
        assertThat(args.get("none")).isEmpty();
        assertThat(args.get("none", "x")).isEqualTo("x");
        assertThat(args.raw()).hasSize(7);
        assertThat(args).hasToString("[in.csv, --rate, 5, --out=a=b, --verbose, --dry, last]");
    }

    @Test
    void takesNegativeNumbersEmptyValuesAndLoneDashes() {
        JobArguments args = JobArguments.of("--offset", "-5", "--empty=", "--", "-", "--last");

        assertThat(args.getLong("offset", 0)).isEqualTo(-5);
        assertThat(args.get("empty")).contains("");
        assertThat(args.positional()).containsExactly("--", "-");
        assertThat(args.flag("last")).isTrue();
    }

    @Test
    void theLastOfEqualNamesCounts() {
        assertThat(JobArguments.of("--n", "1", "--n=2").getLong("n", 0)).isEqualTo(2);
    }

    @Test
    void readsNumbers() {
        JobArguments args = JobArguments.of("--n", "1_000_000", "--x", "2.5e3", "--bad", "many");

        assertThat(args.getLong("n", 7)).isEqualTo(1_000_000);
        assertThat(args.getLong("none", 7)).isEqualTo(7);
        assertThat(args.getDouble("x", 7)).isEqualTo(2500);
        assertThat(args.getDouble("none", 7)).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> args.getLong("bad", 0))
                .withMessage("The argument --bad takes a whole number, not 'many'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> args.getDouble("bad", 0))
                .withMessage("The argument --bad takes a number, not 'many'.");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(JobArguments.of("--in", "x").require("in")).isEqualTo("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobArguments.of("--in", "x").require("out"))
                .withMessage("The job needs the argument --out; given were [--in, x]. Add --out VALUE.");
    }

    @Test
    void refusesAValueWithoutAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobArguments.of("--=x"))
                .withMessage("The argument '--=x' has no name. Write it --name=value.");
    }

    @Test
    void flagsAreTrueOrFalse() {
        JobArguments args = JobArguments.of("--a=true", "--b=false", "--c=TRUE", "--d=1");

        assertThat(args.flag("a")).isTrue();
        assertThat(args.flag("b")).isFalse();
        assertThat(args.flag("c")).isTrue();
        assertThat(args.flag("d")).isFalse();
        assertThat(args.flag("none")).isFalse();
    }

    @Test
    void doesNotFollowTheListItWasMadeOf() {
        List<String> raw = new ArrayList<>(List.of("a"));
        JobArguments args = JobArguments.of(raw);
        raw.add("b");

        assertThat(args.raw()).containsExactly("a");
    }
}

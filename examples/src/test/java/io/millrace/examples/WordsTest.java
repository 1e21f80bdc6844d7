// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void takesLinesApart() {
        List<String> words = new ArrayList<>();
        new Words().flatMap("  The mill, the MILL-race: 2 wheels!", words::add);
        new Words().flatMap("", words::add);
        new Words().flatMap("end", words::add);
        assertThat(words).containsExactly("the", "mill", "the", "mill", "race", "2", "wheels", "end");
    }
}

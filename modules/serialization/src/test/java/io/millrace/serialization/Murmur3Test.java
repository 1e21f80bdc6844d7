// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Murmur3Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "hello, 248bfa47",
        "'hello, world', 149bbb7f",
        "The quick brown fox jumps over the lazy dog, 2e4ff723",
    })
    void givesThePublishedValues(String text, String expected) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Murmur3.hash(bytes, 0, bytes.length)).isEqualTo(Integer.parseUnsignedInt(expected, 16));
    }

    @Property
    void shortcutsGiveTheSame(@ForAll int i, @ForAll long l) {
        byte[] four = ByteBuffer.allocate(4).putInt(i).array();
        byte[] eight = ByteBuffer.allocate(8).putLong(l).array();
        assertThat(Murmur3.hashInt(i)).isEqualTo(Murmur3.hash(four, 0, 4));
        assertThat(Murmur3.hashLong(l)).isEqualTo(Murmur3.hash(eight, 0, 8));
    }
}

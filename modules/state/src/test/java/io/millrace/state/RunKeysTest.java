// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RunKeysTest {
    private static byte[] key(int keyGroup, int stateNumber, String key, String namespace) {
        ByteWriter out = new ByteWriter();
        RunKeys.writePrefix(keyGroup, stateNumber, out);
        RunKeys.writeKey(key, new TestCodecs.StringCodec(), new ByteWriter(), out);
        new TestCodecs.StringCodec().write(namespace, out);
        return out.toByteArray();
    }

    // Pinned: these bytes are in files that later versions must read.
    @Test
    void theLayoutIsPinned() {
        assertThat(HexFormat.of().formatHex(key(0x1234, 0xabcd, "key", "ns"))).isEqualTo("1234abcd04036b6579026e73");
    }

    @Property(tries = 200)
    void partsAreReadBack(
            @ForAll @IntRange(max = 65_535) int keyGroup,
            @ForAll @IntRange(max = 65_535) int stateNumber,
            @ForAll String key,
            @ForAll String namespace) {
        byte[] written = key(keyGroup, stateNumber, key, namespace);
        assertThat(RunKeys.keyGroup(written)).isEqualTo(keyGroup);
        assertThat(RunKeys.stateNumber(written)).isEqualTo(stateNumber);
        RunKeys.requireWellFormed(written, stateNumber + 1);
        ByteReader in = new ByteReader(written, RunKeys.PREFIX_LENGTH, written.length - RunKeys.PREFIX_LENGTH);
        TestCodecs.StringCodec codec = new TestCodecs.StringCodec();
        // A lone surrogate has no UTF-8, so what is compared is what a first reading gives.
        assertThat(RunKeys.readKey(in, codec)).isEqualTo(utf8(key));
        assertThat(codec.read(in)).isEqualTo(utf8(namespace));
        RunKeys.requireEnd(in, "namespace");
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Property(tries = 200)
    void timestampsOrderAsBytes(@ForAll long a, @ForAll long b) {
        assertThat(Integer.signum(Arrays.compareUnsigned(timestamp(a), timestamp(b))))
                .isEqualTo(Long.compare(a, b));
        assertThat(RunKeys.readTimestamp(new ByteReader(timestamp(a)))).isEqualTo(a);
    }

    private static byte[] timestamp(long timestamp) {
        ByteWriter out = new ByteWriter();
        RunKeys.writeTimestamp(timestamp, out);
        return out.toByteArray();
    }

    @Test
    void numbersThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> RunKeys.writePrefix(65_536, 0, new ByteWriter()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> RunKeys.writePrefix(0, -1, new ByteWriter()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysWithoutAllPartsAreRefused() {
        assertThatThrownBy(() -> RunKeys.requireWellFormed(new byte[] {0, 1, 0}, 1))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> RunKeys.requireWellFormed(new byte[] {0, 1, 0, 0, 9}, 1))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> RunKeys.requireWellFormed(key(1, 7, "key", ""), 7))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("State number 7");
    }

    @Test
    void aKeyThatDoesNotFillItsBytesIsRefused() {
        ByteReader in = new ByteReader(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 1, 5});
        assertThatThrownBy(() -> RunKeys.readKey(in, new TestCodecs.LongCodec()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("1 bytes are left after the key");
    }
}

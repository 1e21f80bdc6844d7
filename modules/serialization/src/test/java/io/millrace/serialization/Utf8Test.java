// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    private static byte[] encode(String value) {
        byte[] bytes = new byte[Utf8.length(value)];
        int end = Utf8.encode(value, bytes.length, bytes, 0);
        assertThat(end).isEqualTo(bytes.length);
        return bytes;
    }

    @Property
    void anyStringSurvives(@ForAll String value) {
        byte[] bytes = encode(value);
        assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "é", "\u07ff\u0800", "日本", "a😀b", "\uFFFD", "\u0000\u0001"})
    void isUtf8WhereUtf8CanSayIt(String value) {
        assertThat(encode(value)).isEqualTo(value.getBytes(StandardCharsets.UTF_8));
        assertThat(Utf8.decode(encode(value), 0, Utf8.length(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "x\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d", "?\ud83dé"})
    void keepsLoneSurrogates(String value) {
        byte[] bytes = encode(value);
        assertThat(Utf8.decode(bytes, 0, bytes.length)).isEqualTo(value);
        assertThat(bytes).isNotEqualTo(value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "c080",
                "c1bf",
                "e08080",
                "f0808080",
                "f4908080",
                "f5808080",
                "e282",
                "c3",
                "eda0bdedb880",
                "ff",
                "c328"
            })
    void refusesWhatItCannotHaveWritten(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Utf8.decode(bytes, 0, bytes.length))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("UTF-8");
    }
}

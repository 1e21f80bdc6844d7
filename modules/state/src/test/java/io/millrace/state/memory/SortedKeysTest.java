// SPDX-License-Identifier: Apache-2.0
package io.millrace.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.serialization.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SortedKeysTest {
    private final SortedKeys keys = new SortedKeys();

    /** Of few letters, so that long beginnings are shared, and some keys are the beginnings of others. */
    @Provide
    Arbitrary<List<byte[]>> keySets() {
        Arbitrary<byte[]> key = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0x80, (byte) 0xff)
                .array(byte[].class)
                .ofMaxSize(14);
        Arbitrary<byte[]> skewed = Arbitraries.of((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) -1)
                .array(byte[].class)
                .ofMaxSize(40);
        return Arbitraries.oneOf(key, skewed).list().ofMaxSize(700).map(SortedKeysTest::distinct);
    }

    private static List<byte[]> distinct(List<byte[]> keys) {
        TreeSet<byte[]> seen = new TreeSet<>(Arrays::compareUnsigned);
        List<byte[]> distinct = new ArrayList<>(keys);
        distinct.removeIf(key -> !seen.add(key));
        return distinct;
    }

    @Property(tries = 300)
    void keysComeInTheOrderOfTheirBytes(@ForAll("keySets") List<byte[]> set) {
        for (int keyGroup : new int[] {3, 70}) {
            keys.begin(keyGroup, 5);
            for (byte[] key : set) {
                keys.nextKey().writeBytes(key, 0, key.length);
                keys.add(key);
            }
            keys.sort();
            List<byte[]> expected = new ArrayList<>(set);
            expected.sort(Arrays::compareUnsigned);
            assertThat(keys.size()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(keys.entry(i)).isSameAs(expected.get(i));
                ByteWriter out = new ByteWriter();
                keys.writeKey(i, out);
                assertThat(HexFormat.of().formatHex(out.toByteArray()))
                        .isEqualTo(String.format("%04x0005", keyGroup)
                                + HexFormat.of().formatHex(expected.get(i)));
            }
        }
    }
}

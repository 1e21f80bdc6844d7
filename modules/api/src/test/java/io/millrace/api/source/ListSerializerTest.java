// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.types.VersionedSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ListSerializerTest {
    private static final List<IndexSplit> SPLITS =
            List.of(new IndexSplit("a", 0, 10, 3), new IndexSplit("ß", 10, Long.MAX_VALUE, 10));

    private final ListSerializer<IndexSplit> serializer = new ListSerializer<>(IndexSplit.SERIALIZER);

    @Test
    void listsSurvive() throws IOException {
        assertThat(serializer.deserialize(1, serializer.serialize(SPLITS))).isEqualTo(SPLITS);
        assertThat(serializer.deserialize(1, serializer.serialize(List.of()))).isEmpty();
    }

    @Test
    void handsTheElementsVersionOn() throws IOException {
        ListSerializer<String> versioned = new ListSerializer<>(new VersionedSerializer<>() {
            @Override
            public int version() {
                return 7;
            }

            @Override
            public byte[] serialize(String value) {
                return new byte[0];
            }

            @Override
            public String deserialize(int version, byte[] bytes) {
                return "version " + version + ", " + bytes.length + " bytes";
            }
        });

        assertThat(versioned.deserialize(1, versioned.serialize(List.of("x", "y"))))
                .containsExactly("version 7, 0 bytes", "version 7, 0 bytes");
    }

    @Test
    void refusesOtherVersions() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[8]))
                .isInstanceOf(IOException.class)
                .hasMessage("A list of version 2; this Millrace knows version 1.");
        assertThatThrownBy(() -> IndexSplit.SERIALIZER.deserialize(9, new byte[8]))
                .isInstanceOf(IOException.class)
                .hasMessage("The bytes are of an index split of version 9; this Millrace knows version 1.");
    }

    @Test
    void noticesBytesThatAreMissing() throws IOException {
        byte[] bytes = serializer.serialize(SPLITS);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> serializer.deserialize(1, cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void noticesBytesThatAreTooMany() throws IOException {
        byte[] bytes = serializer.serialize(SPLITS);
        assertThatThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(bytes, bytes.length + 3)))
                .isInstanceOf(IOException.class)
                .hasMessage("The bytes of a list are damaged: 3 bytes follow its last element.");
        byte[] split = IndexSplit.SERIALIZER.serialize(SPLITS.get(0));
        assertThatThrownBy(() -> IndexSplit.SERIALIZER.deserialize(1, Arrays.copyOf(split, split.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("1 bytes follow an index split: the bytes are damaged.");
    }

    @Test
    void noticesSizesThatCannotBe() throws IOException {
        byte[] bytes = serializer.serialize(SPLITS);
        for (int size : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            byte[] wrongCount = bytes.clone();
            ByteBuffer.wrap(wrongCount).putInt(4, size);
            assertThatThrownBy(() -> serializer.deserialize(1, wrongCount))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("claims " + size + " elements");
            byte[] wrongLength = bytes.clone();
            ByteBuffer.wrap(wrongLength).putInt(8, size);
            assertThatThrownBy(() -> serializer.deserialize(1, wrongLength))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("element 0 claims " + size + " bytes");
        }
    }

    @Test
    void damagedBytesGiveAListOrAnIoException() throws IOException {
        byte[] bytes = serializer.serialize(SPLITS);
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(serializer.deserialize(1, damaged)).hasSize(2);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void aSplitsPositionIsInItsRange() throws IOException {
        assertThat(new IndexSplit("a", 0, 10, 10).at(0).position()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexSplit("a", 0, 10, 11))
                .withMessage("The split 'a' has the position 11 outside its range, 0 to 10.");
        assertThatIllegalArgumentException().isThrownBy(() -> new IndexSplit("a", 5, 10, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexSplit("a", -1, 10, 4))
                .withMessage("The split 'a' begins at -1; indices begin at 0.");
        byte[] bytes = IndexSplit.SERIALIZER.serialize(new IndexSplit("a", 0, 10, 3));
        bytes[bytes.length - 1] = 11;
        assertThatThrownBy(() -> IndexSplit.SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("The bytes of an index split are damaged: The split 'a' has the position 11 outside its"
                        + " range, 0 to 10.");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.util.Optional;

/** An optional with the codec of its content: a byte, then the content if there is one. */
final class OptionalCodec implements Codec<Object> {
    private final Codec<Object> content;

    OptionalCodec(Codec<Object> content) {
        this.content = content;
    }

    @Override
    public void write(Object value, ByteWriter out) {
        Optional<?> optional = (Optional<?>) value;
        out.writeByte(optional.isPresent() ? 1 : 0);
        if (optional.isPresent()) {
            content.write(optional.get(), out);
        }
    }

    @Override
    public Object read(ByteReader in) {
        return ValueCodecs.readFlag(in) ? Optional.of(content.read(in)) : Optional.empty();
    }

    @Override
    public Object copy(Object value) {
        return isImmutable() ? value : ((Optional<?>) value).map(content::copy);
    }

    @Override
    public boolean isImmutable() {
        return content.isImmutable();
    }

    @Override
    public Codec<Object> duplicate() {
        return new OptionalCodec(content.duplicate());
    }

    @Override
    public String describe() {
        return "optional/1<" + content.describe() + ">";
    }
}

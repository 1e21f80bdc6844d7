// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.state;

import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.CodecException;

/**
 * What a snapshot says of an operator state.
 *
 * @param keyCodec see {@link io.millrace.serialization.Codec#describe()}; empty for lists
 * @param valueCodec the same, of values or elements
 */
record OperatorStateMeta(String name, Kind kind, String keyCodec, String valueCodec) {
    /** Codes are part of the format; an enum's ordinal would change with its order. */
    enum Kind {
        LIST(1),
        UNION_LIST(2),
        BROADCAST(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new CodecException("a kind of operator state has the code " + code + "; known are 1, 2 and 3");
        }
    }

    void write(ByteWriter out) {
        out.writeString(name);
        out.writeByte(kind.code);
        out.writeString(keyCodec);
        out.writeString(valueCodec);
    }

    static OperatorStateMeta read(ByteReader in) {
        String name = in.readString();
        Kind kind = Kind.of(in.readByte());
        return new OperatorStateMeta(name, kind, in.readString(), in.readString());
    }

    @Override
    public String toString() {
        return kind + (keyCodec.isEmpty() ? "" : " by " + keyCodec) + " of " + valueCodec;
    }
}

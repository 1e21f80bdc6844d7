// SPDX-License-Identifier: Apache-2.0
package io.millrace.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over values that each carry their length, so that no two lists of values look alike. */
final class Digest {
    private static final int KEPT_BYTES = 8;

    private final MessageDigest sha;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256; this one has not", e);
        }
    }

    Digest text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    Digest bytes(byte[] value) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
        sha.update(value);
        return this;
    }

    Digest number(int value) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    /** The first 64 bits: enough to notice a difference, short enough to read. Ends this digest. */
    String hex() {
        return HexFormat.of().formatHex(sha.digest(), 0, KEPT_BYTES);
    }
}

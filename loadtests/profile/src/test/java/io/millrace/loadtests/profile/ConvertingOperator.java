// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

/** The class that the test defines again under another name. */
final class ConvertingOperator implements Conversion {
    private byte[] kept = {};

    ConvertingOperator() {}

    @Override
    public long process(int rounds) {
        long value = rounds;
        for (int i = 0; i < rounds; i++) {
            value ^= value << 13;
            value ^= value >>> 7;
            value ^= value << 17;
            if ((i & 127) == 0) {
                kept = new byte[256];
            }
        }
        return value + kept.length;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.channel;

import io.millrace.operators.RecordText;
import io.millrace.plan.KeyGroups;

/** Which channel of an edge leads to the owner of a key. Immutable. */
final class KeyGroupOwners {
    private final int maxParallelism;
    private final int channels;
    // Two bytes an entry: the table is read for every record and shares the cache with the user's data.
    private final char[] owners;

    private final String reader;

    /**
     * @param reader the operator that takes the records, for errors
     */
    KeyGroupOwners(int maxParallelism, int channels, String reader) {
        this.reader = reader;
        this.maxParallelism = maxParallelism;
        this.channels = channels;
        this.owners = new char[maxParallelism];
        for (int group = 0; group < maxParallelism; group++) {
            owners[group] = (char) KeyGroups.ownerOf(group, maxParallelism, channels);
        }
    }

    int ownerOf(int keyHash) {
        return channels == 1 ? 0 : owners[KeyGroups.ofHash(keyHash, maxParallelism)];
    }

    IllegalArgumentException withoutKey(Object record) {
        return new IllegalArgumentException("The key selector of the keyBy(..) before the operator '" + reader
                + "' answered null for the record " + RecordText.of(record)
                + ". Give every record a key, or filter records without one before keyBy(..).");
    }
}

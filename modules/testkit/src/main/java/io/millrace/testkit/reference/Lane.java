// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.reference;

import org.jspecify.annotations.Nullable;

/**
 * Where a record has come along. Records of one lane stay in their order, however the job is run; between lanes there
 * is none.
 *
 * @param before the lane up to here, or null at its beginning
 * @param part what tells this lane from others that were the same up to here
 */
public record Lane(@Nullable Lane before, Object part) {
    Lane into(Object next) {
        return new Lane(this, next);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

import org.jspecify.annotations.Nullable;

/** What errors and samples say of a record or key: its text, cut where it is long. */
public final class RecordText {
    /** Characters that are kept. */
    public static final int LONGEST = 200;

    private RecordText() {}

    /** Never fails, whatever {@code toString} does. */
    public static String of(@Nullable Object record) {
        try {
            String text = String.valueOf(record);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ..";
        } catch (RuntimeException | StackOverflowError e) {
            return record.getClass().getName() + " without text, whose toString throws "
                    + e.getClass().getName();
        }
    }
}

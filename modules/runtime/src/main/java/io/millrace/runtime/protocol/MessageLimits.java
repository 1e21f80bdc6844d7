// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** Named bounds of what messages carry. */
public final class MessageLimits {
    /** Characters of a failure's words; the rest stands in the node's log. */
    public static final int MAX_REASON_LENGTH = 2_000;

    private MessageLimits() {}

    /** The words, cut to the bound. */
    public static String cut(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + " ..";
    }
}

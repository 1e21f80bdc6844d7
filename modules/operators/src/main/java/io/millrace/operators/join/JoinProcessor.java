// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.join;

import io.millrace.operators.RecordProcessor;

/** Pairs the records of one of a join's streams with what the other has waiting. */
interface JoinProcessor extends RecordProcessor {
    /**
     * Goes on with a record.
     *
     * @return true when it has met all its partners; false where the output was full
     */
    boolean pair(JoinProbe probe) throws Exception;
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators;

/**
 * What a chain calls for each record. Where it is a specialised class, its fields are final and set when the operator is
 * open: the just-in-time compiler trusts final fields of hidden classes, so that a chain of such processors is compiled
 * as if it were written out. Confined to the subtask.
 */
public interface RecordProcessor {
    /** Handles a record; for keyed operators the current key is set. */
    void process(Object record, long timestamp) throws Exception;
}

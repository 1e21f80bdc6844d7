// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.sink;

import io.millrace.operators.RecordProcessor;

/** Counts the records that a sink was given. */
abstract class CountingProcessor implements RecordProcessor {
    long written;
}

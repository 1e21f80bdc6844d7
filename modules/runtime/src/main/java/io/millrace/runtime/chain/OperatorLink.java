// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.chain;

import io.millrace.operators.RecordProcessor;

/** Leads to the next operator of the chain; specialised for each, so that it sees but one. */
final class OperatorLink extends ChainLink {
    private final RecordProcessor next;
    private final String nextName;

    OperatorLink(OperatorChain chain, int operator, RecordProcessor next, String nextName) {
        super(chain, operator);
        this.next = next;
        this.nextName = nextName;
    }

    @Override
    public void emit(Object record, long timestamp) throws Exception {
        try {
            next.process(record, timestamp);
        } catch (OperatorFailedException e) {
            throw e;
        } catch (Throwable e) {
            throw OperatorFailedException.at(nextName, e, record);
        }
    }
}

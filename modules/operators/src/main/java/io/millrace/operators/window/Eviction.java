// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.window;

import io.millrace.api.graph.WindowBody;
import io.millrace.api.window.Evictor;
import io.millrace.api.window.Window;
import io.millrace.operators.OperatorContext;

/** How an evictor is asked, and what becomes of the records that it leaves. */
record Eviction<W extends Window>(Evictor<Object, W> evictor, WindowBody folding, OperatorContext operator)
        implements Evictor.Context {
    @Override
    public long currentWatermark() {
        return operator.currentWatermark();
    }

    @Override
    public long currentProcessingTime() {
        return operator.clock().millis();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.operators.async;

import org.jspecify.annotations.Nullable;

/** Each record has a lane of its own. */
final class FreeLanes implements Lanes {
    @Override
    public void enter(AsyncCall call) {}

    @Override
    public boolean isFirst(AsyncCall call) {
        return true;
    }

    @Override
    public @Nullable AsyncCall leave(AsyncCall call) {
        return null;
    }
}

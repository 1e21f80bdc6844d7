// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What a reader can ask and do. Confined to the reader's subtask, but for the executor and the stages. */
@Stable
public interface SourceReaderContext {
    int subtaskIndex();

    int parallelism();

    /** Asks the enumerator for another split. */
    void sendSplitRequest();

    /** For blocking reads. */
    Executor ioExecutor();

    /** The engine's clock; virtual in simulations. */
    Clock clock();

    /** Completes after {@code delay}. */
    CompletionStage<Void> delay(Duration delay);
}

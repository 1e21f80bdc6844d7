// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;
import io.millrace.api.types.TypeHint;
import io.millrace.api.types.VersionedSerializer;
import java.util.Optional;

/**
 * Where records come from. Immutable; its enumerator runs once a job, a reader in every subtask.
 *
 * @param <T> records
 * @param <S> splits
 * @param <E> the enumerator's checkpointed state
 */
@Stable
public interface Source<T, S extends SourceSplit, E> {
    /** An enumerator for a fresh start. */
    SplitEnumerator<S, E> createEnumerator(SplitEnumeratorContext<S> context) throws Exception;

    /** An enumerator that goes on from a checkpoint; splits assigned before it are with the readers. */
    SplitEnumerator<S, E> restoreEnumerator(SplitEnumeratorContext<S> context, E state) throws Exception;

    SourceReader<T, S> createReader(SourceReaderContext context) throws Exception;

    VersionedSerializer<S> splitSerializer();

    VersionedSerializer<E> enumeratorStateSerializer();

    /** The records' type, where the source knows it. */
    default Optional<TypeHint<T>> producedType() {
        return Optional.empty();
    }
}

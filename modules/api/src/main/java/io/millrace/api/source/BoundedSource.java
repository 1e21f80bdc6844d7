// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.source;

import io.millrace.api.Stable;

/**
 * A source that ends: its enumerator signals every reader that no more splits will come. Watermarks of its readers do
 * not pass splits that are not assigned yet.
 */
@Stable
public interface BoundedSource<T, S extends SourceSplit, E> extends Source<T, S, E> {}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.api.stream;

import io.millrace.api.Stable;

/** A key and what was computed for it. */
@Stable
public record Keyed<K, V>(K key, V value) {}

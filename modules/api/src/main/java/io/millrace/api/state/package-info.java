// SPDX-License-Identifier: Apache-2.0
/**
 * State as functions see it: descriptors name it, state objects read and change it. Keyed state is that of the current
 * key; operator and broadcast state are the subtask's.
 */
@NullMarked
package io.millrace.api.state;

import org.jspecify.annotations.NullMarked;

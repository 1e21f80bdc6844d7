// SPDX-License-Identifier: Apache-2.0
/** Keyed state as functions see it: descriptors name it, state objects read and change that of the current key. */
@NullMarked
package io.millrace.api.state;

import org.jspecify.annotations.NullMarked;

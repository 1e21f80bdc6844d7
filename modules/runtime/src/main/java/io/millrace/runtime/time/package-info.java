// SPDX-License-Identifier: Apache-2.0
/** Watermarks over several channels. Pure. */
@NullMarked
package io.millrace.runtime.time;

import org.jspecify.annotations.NullMarked;

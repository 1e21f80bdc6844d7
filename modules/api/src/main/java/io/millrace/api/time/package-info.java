// SPDX-License-Identifier: Apache-2.0
/** Event time: timestamps and watermarks. */
@NullMarked
package io.millrace.api.time;

import org.jspecify.annotations.NullMarked;

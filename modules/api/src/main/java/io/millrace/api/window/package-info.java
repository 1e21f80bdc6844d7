// SPDX-License-Identifier: Apache-2.0
/** Windows and the assigners that put records into them. */
@NullMarked
package io.millrace.api.window;

import org.jspecify.annotations.NullMarked;

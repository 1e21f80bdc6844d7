// SPDX-License-Identifier: Apache-2.0
/** Windows, the assigners that put records into them, and the triggers that say when they fire. */
@NullMarked
package io.millrace.api.window;

import org.jspecify.annotations.NullMarked;

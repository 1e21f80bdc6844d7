// SPDX-License-Identifier: Apache-2.0
/**
 * User functions. Each subtask has instances of its own, so a function may have fields; it is called by one thread at a
 * time and must not keep or change records after handing them on.
 */
@NullMarked
package io.millrace.api.function;

import org.jspecify.annotations.NullMarked;

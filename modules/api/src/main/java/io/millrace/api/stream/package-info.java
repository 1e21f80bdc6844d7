// SPDX-License-Identifier: Apache-2.0
/** The typed streams of the DSL. Each call adds an operator to the logical plan; nothing runs until the job does. */
@NullMarked
package io.millrace.api.stream;

import org.jspecify.annotations.NullMarked;

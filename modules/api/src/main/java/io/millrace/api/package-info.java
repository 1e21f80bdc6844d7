// SPDX-License-Identifier: Apache-2.0
/**
 * Entry points for job authors: {@link io.millrace.api.StreamJob}, {@link io.millrace.api.StreamEnvironment} and the
 * stability annotations. Nothing here depends on the engine; a job compiles against this module alone.
 */
@NullMarked
package io.millrace.api;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Example jobs, written as a user would write them; each is a {@link io.millrace.api.StreamJob}. */
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;

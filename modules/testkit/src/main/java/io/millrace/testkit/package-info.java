// SPDX-License-Identifier: Apache-2.0
/** For tests of jobs and connectors: {@link io.millrace.testkit.CollectSink} shows what a job has committed. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;

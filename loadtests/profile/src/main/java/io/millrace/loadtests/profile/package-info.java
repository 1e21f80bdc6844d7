// SPDX-License-Identifier: Apache-2.0
/**
 * Shows where a load test spends its processor time and what it allocates: {@link
 * io.millrace.loadtests.profile.Profiler} records this JVM with the JDK's Flight Recorder and writes flame graphs and
 * a summary that speak of operators, by name. Needs nothing but the JDK.
 */
@NullMarked
package io.millrace.loadtests.profile;

import org.jspecify.annotations.NullMarked;

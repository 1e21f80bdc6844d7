// SPDX-License-Identifier: Apache-2.0
/**
 * The engine as an embedding service sees it: {@link io.millrace.runtime.Millrace} submits jobs to the cluster that its
 * actor system belongs to, a {@link io.millrace.runtime.JobHandle} watches and steers one.
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * What a job means, without an engine: {@link io.millrace.testkit.reference.ReferenceInterpreter} takes the logical plan
 * of a job over finite input and works out what its sinks must hold, operator by operator, by the definitions and with
 * no code of the engine. Where data alone do not decide, because it depends on which record comes first or on how far
 * time has got, it says so instead. Confined to the calling thread.
 */
@NullMarked
package io.millrace.testkit.reference;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Gives each place of a dataflow compiled code of its own.
 *
 * <p>The just-in-time compiler keeps one profile for each method of each class. A class that many chains share, such as
 * the operator that calls a map function, is seen with many callees, so calls are not inlined and a chain runs several
 * times slower than the loop a person would write. The engine's per-record classes are therefore defined again from the
 * same bytes, as hidden classes (JEP 371), once for each place: every copy sees one callee.
 */
@NullMarked
package io.millrace.specialisation;

import org.jspecify.annotations.NullMarked;

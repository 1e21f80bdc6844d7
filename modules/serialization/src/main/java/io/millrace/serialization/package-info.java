// SPDX-License-Identifier: Apache-2.0
/**
 * Codecs: how values, keys and namespaces become bytes. {@link io.millrace.serialization.Codecs} finds the codec of a
 * type; key codecs are canonical, so that equal keys have equal bytes on every JDK.
 */
@NullMarked
package io.millrace.serialization;

import org.jspecify.annotations.NullMarked;

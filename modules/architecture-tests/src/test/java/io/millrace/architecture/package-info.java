// SPDX-License-Identifier: Apache-2.0
/** What holds across modules: who may use whom, how things are named, how large they may grow. */
@NullMarked
package io.millrace.architecture;

import org.jspecify.annotations.NullMarked;

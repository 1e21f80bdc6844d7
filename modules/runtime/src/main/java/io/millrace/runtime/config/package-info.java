// SPDX-License-Identifier: Apache-2.0
/** Settings records, read from the configuration and checked once. */
@NullMarked
package io.millrace.runtime.config;

import org.jspecify.annotations.NullMarked;

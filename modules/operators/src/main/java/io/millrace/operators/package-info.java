// SPDX-License-Identifier: Apache-2.0
/**
 * The operator SPI and the built-in operators. They run without actors: a chain host calls them and gives them a
 * context.
 */
@NullMarked
package io.millrace.operators;

import org.jspecify.annotations.NullMarked;

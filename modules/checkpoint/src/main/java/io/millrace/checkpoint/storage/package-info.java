// SPDX-License-Identifier: Apache-2.0
/**
 * Where snapshot bytes are kept: a port for durable files with checksums, and its implementation on a local directory.
 */
@NullMarked
package io.millrace.checkpoint.storage;

import org.jspecify.annotations.NullMarked;

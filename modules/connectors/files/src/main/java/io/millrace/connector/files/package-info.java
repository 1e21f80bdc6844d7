// SPDX-License-Identifier: Apache-2.0
/**
 * Files as source and sink. {@link io.millrace.connector.files.FileSource} reads lines and CSV, many files side by
 * side; {@link io.millrace.connector.files.FileSink} writes part files that become visible exactly once. Compiles
 * against the API alone.
 */
@NullMarked
package io.millrace.connector.files;

import org.jspecify.annotations.NullMarked;

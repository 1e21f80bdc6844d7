// SPDX-License-Identifier: Apache-2.0
package io.millrace.cli;

/** How a command answers. */
enum OutputFormat {
    TEXT,
    JSON
}

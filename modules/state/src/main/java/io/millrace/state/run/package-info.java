// SPDX-License-Identifier: Apache-2.0
/**
 * Runs as files: a {@link io.millrace.state.run.RunStore} keeps sorted runs in a snapshot storage. A file is checked
 * block by block, and nothing of it is believed before.
 */
@NullMarked
package io.millrace.state.run;

import org.jspecify.annotations.NullMarked;

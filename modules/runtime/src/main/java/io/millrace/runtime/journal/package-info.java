// SPDX-License-Identifier: Apache-2.0
/**
 * How a journal is plugged in: the durable log that the coordinators' events are written to. Entry type
 * {@link io.millrace.runtime.journal.JournalProvider}, which modules implement and the server looks up by name.
 */
@NullMarked
package io.millrace.runtime.journal;

import org.jspecify.annotations.NullMarked;

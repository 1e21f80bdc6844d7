// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** Marks what waits in the mailbox's data lane; everything else goes ahead of it in the control lane. */
public interface DataLane {}

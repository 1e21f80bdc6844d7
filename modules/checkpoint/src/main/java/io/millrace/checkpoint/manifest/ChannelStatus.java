// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

/** Whether a channel's watermark counts at the gate that it leads to. */
public enum ChannelStatus {
    /** Its watermark holds the gate's back. */
    ACTIVE,
    /** No record is to be expected until it says otherwise; its watermark is left out. */
    IDLE,
    /** No record will come any more. */
    FINISHED
}

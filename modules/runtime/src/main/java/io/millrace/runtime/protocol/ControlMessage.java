// SPDX-License-Identifier: Apache-2.0
package io.millrace.runtime.protocol;

/** Marks what may leave the node as a control message: few and small, written as CBOR. */
public interface ControlMessage {}

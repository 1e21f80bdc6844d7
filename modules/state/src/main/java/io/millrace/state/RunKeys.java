// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

/**
 * The composite key of a run's entries: key group (2 bytes, big-endian), state number (2 bytes), key, namespace. The
 * key's bytes are preceded by their length as a varint, so that key and namespace can be told apart.
 */
public final class RunKeys {
    private RunKeys() {}
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.storage;

/**
 * A state handle: names a file of a {@link SnapshotStorage} and what must be in it.
 *
 * @param path relative path
 * @param length bytes
 * @param crc32c CRC-32C of all bytes, unsigned
 */
public record StoredFile(String path, long length, long crc32c) {}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.testkit.simulation;

import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.SnapshotStorage;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Snapshot files in memory. A file is durable when its write returns; a crash in the middle leaves nothing, or a
 * temporary file. Survives crashes. Confined to one simulation.
 */
final class SimulatedStorage {
    /** How the words of a planned failure begin. */
    static final String FAILS = "the storage fails: ";

    private final SimulatedWorld world;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private final TreeMap<String, byte[]> onTheirWay = new TreeMap<>();
    private final Set<String> damaged = new HashSet<>();
    private int temporaries;

    SimulatedStorage(SimulatedWorld world) {
        this.world = world;
    }

    /** What a node sees, with all that can go wrong. */
    SnapshotStorage seenBy(SimulatedNode node) {
        return new View(node);
    }

    /** What is really there, for checks. */
    SnapshotStorage asItIs() {
        return new View(null);
    }

    /** Flips a bit of a file at rest. */
    void damage(String path, int bit) {
        byte[] bytes = files.get(path);
        if (bytes != null && bytes.length > 0) {
            byte[] changed = bytes.clone();
            int at = bit % (bytes.length * Byte.SIZE);
            changed[at / Byte.SIZE] ^= (byte) (1 << (at % Byte.SIZE));
            files.put(path, changed);
            damaged.add(path);
        }
    }

    boolean isDamaged(String path) {
        return damaged.contains(path);
    }

    boolean hasDamage() {
        return !damaged.isEmpty();
    }

    /** The node has crashed: what was not durable is lost. */
    void onCrash() {
        onTheirWay.clear();
    }

    private void store(String path, byte[] bytes) {
        files.put(path, bytes);
        damaged.remove(path);
    }

    private static byte[] withoutWatermarks(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\"channelWatermarks\"");
        if (from < 0) {
            return bytes;
        }
        String changed = text.substring(0, from)
                + text.substring(from)
                        .replaceAll("-?\\b\\d+\\b", String.valueOf(Long.MIN_VALUE))
                        .replaceAll("IDLE|FINISHED", "ACTIVE");
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }

    /** The storage as one node sees it; without a node, as it is. */
    private final class View implements SnapshotStorage {
        private final @org.jspecify.annotations.Nullable SimulatedNode node;

        private View(@org.jspecify.annotations.Nullable SimulatedNode node) {
            this.node = node;
        }

        private void mayFail(String what) throws IOException {
            if (node == null) {
                return;
            }
            node.requireAlive();
            if (world.faults().crashesInIo()) {
                world.crash("in the storage, at " + what);
                throw new SimulatedFault.Crash();
            }
            if (world.faults().storageFails()) {
                throw new SimulatedFault.InIo(FAILS + what);
            }
        }

        @Override
        public StoredFile write(String path, Content content) throws IOException {
            mayFail("write " + path);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            content.writeTo(out);
            byte[] written = world.workload() instanceof Tampering tampering
                    ? tampering.onStore(path, out.toByteArray())
                    : out.toByteArray();
            byte[] bytes = world.isPlanted(PlantedBug.WATERMARKS_NOT_KEPT) ? withoutWatermarks(written) : written;
            String temporary = path + "." + temporaries++ + ".tmp";
            files.put(temporary, bytes);
            mayFail("rename " + path);
            files.remove(temporary);
            if (world.isPlanted(PlantedBug.ACKNOWLEDGED_BEFORE_DURABLE)) {
                writeLater(path, bytes);
            } else {
                store(path, bytes);
            }
            mayFail("answer the write of " + path);
            return new StoredFile(path, bytes.length, checksum(bytes));
        }

        private void writeLater(String path, byte[] bytes) {
            onTheirWay.put(path, bytes);
            world.loop().schedule(300_000_000L, () -> {
                byte[] waiting = onTheirWay.remove(path);
                if (waiting != null) {
                    store(path, waiting);
                }
            });
        }

        @Override
        public InputStream read(StoredFile file) throws IOException {
            mayFail("read " + file.path());
            byte[] bytes = files.containsKey(file.path()) || node == null
                    ? files.get(file.path())
                    : onTheirWay.get(file.path());
            if (bytes == null) {
                throw new CorruptSnapshotException("The snapshot file " + file.path() + " is missing.");
            }
            if (bytes.length != file.length() || checksum(bytes) != file.crc32c()) {
                throw new CorruptSnapshotException("The snapshot file " + file.path() + " is not what was written.");
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public List<String> list(String directory) throws IOException {
            mayFail("list " + directory);
            return files.keySet().stream()
                    .filter(path -> path.startsWith(directory + "/"))
                    .toList();
        }

        @Override
        public void delete(List<String> paths) throws IOException {
            for (String path : paths) {
                mayFail("delete " + path);
                world.invariants().onDelete(path);
                files.remove(path);
                onTheirWay.remove(path);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import io.millrace.checkpoint.storage.StoredFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Example manifests: a job of two vertices, {@code in.splits} with one subtask and {@code count} with two. */
final class Manifests {
    static final String JOB = "4a7c-job";
    static final int MAX_PARALLELISM = 128;

    private Manifests() {}

    static StoredFile file(String path) {
        return new StoredFile(path, path.length(), 0xffff_fff0L);
    }

    static SubtaskManifest subtask() {
        Map<String, StoredFile> parts = new LinkedHashMap<>();
        parts.put("watermark", file("j/e/watermark.part"));
        parts.put("buffer \"ä\"", file("j/e/buffer.part"));
        return new SubtaskManifest(
                SubtaskManifest.FORMAT_VERSION,
                JOB,
                "count",
                1,
                3,
                17,
                List.of(
                        new OperatorState(
                                "count", 64, 128, List.of(file("j/e/new.run"), file("j/e/old.run")), Map.of()),
                        new OperatorState("print", 0, 0, List.of(), parts)),
                List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE),
                List.of(ChannelStatus.ACTIVE, ChannelStatus.IDLE, ChannelStatus.FINISHED));
    }

    static JobManifest job() {
        return new JobManifest(
                JobManifest.FORMAT_VERSION,
                JOB,
                "Word count",
                17,
                3,
                CheckpointKind.SAVEPOINT,
                1_760_000_000_000L,
                MAX_PARALLELISM,
                Map.of("vertex 0 (in)", "abc", "class com.acme.Count", "def"),
                List.of(
                        new VertexState("in.splits", 1, List.of("in"), List.of(file("j/in-0.manifest"))),
                        new VertexState(
                                "count",
                                2,
                                List.of("count", "print"),
                                List.of(file("j/count-0.manifest"), file("j/count-1.manifest")))));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.checkpoint.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.checkpoint.storage.CorruptSnapshotException;
import io.millrace.checkpoint.storage.StoragePath;
import io.millrace.checkpoint.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * The JSON form of manifests, for machines and for people with an editor. Equal manifests have equal bytes: fields in
 * the order of the record's components, maps sorted. Nothing is inferred from a class, so renaming one in Java does not
 * change the format.
 */
final class ManifestJson {
    /** The deepest manifest nests five levels. */
    private static final int MAX_NESTING = 16;

    /** Largest value of an unsigned CRC-32C. */
    private static final long MAX_CRC = 0xffff_ffffL;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private ManifestJson() {}

    static byte[] write(SubtaskManifest manifest) throws IOException {
        ObjectNode node = NODES.objectNode()
                .put("formatVersion", manifest.formatVersion())
                .put("jobId", manifest.jobId())
                .put("vertexId", manifest.vertexId())
                .put("subtaskIndex", manifest.subtaskIndex())
                .put("epoch", manifest.epoch())
                .put("checkpointId", manifest.checkpointId());
        node.set("operators", array(manifest.operators(), ManifestJson::operatorNode));
        node.set("channelWatermarks", array(manifest.channelWatermarks(), NODES::numberNode));
        node.set("channelStatuses", array(manifest.channelStatuses(), status -> NODES.textNode(status.name())));
        return WRITER.writeValueAsBytes(node);
    }

    static byte[] write(JobManifest manifest) throws IOException {
        ObjectNode node = NODES.objectNode()
                .put("formatVersion", manifest.formatVersion())
                .put("jobId", manifest.jobId())
                .put("jobName", manifest.jobName())
                .put("checkpointId", manifest.checkpointId())
                .put("epoch", manifest.epoch())
                .put("kind", manifest.kind().name())
                .put("timestampMs", manifest.timestampMs())
                .put("maxParallelism", manifest.maxParallelism());
        node.set("fingerprint", object(manifest.fingerprint(), NODES::textNode));
        node.set("vertices", array(manifest.vertices(), ManifestJson::vertexNode));
        return WRITER.writeValueAsBytes(node);
    }

    private static ObjectNode operatorNode(OperatorState operator) {
        ObjectNode node = NODES.objectNode()
                .put("operatorId", operator.operatorId())
                .put("firstKeyGroup", operator.firstKeyGroup())
                .put("endKeyGroup", operator.endKeyGroup());
        node.set("runs", array(operator.runs(), ManifestJson::fileNode));
        node.set("parts", object(operator.parts(), ManifestJson::fileNode));
        return node;
    }

    private static ObjectNode vertexNode(VertexState vertex) {
        ObjectNode node =
                NODES.objectNode().put("vertexId", vertex.vertexId()).put("parallelism", vertex.parallelism());
        node.set("operatorIds", array(vertex.operatorIds(), NODES::textNode));
        node.set("subtasks", array(vertex.subtasks(), ManifestJson::fileNode));
        return node;
    }

    private static ObjectNode fileNode(StoredFile file) {
        return NODES.objectNode()
                .put("path", file.path())
                .put("length", file.length())
                .put("crc32c", file.crc32c());
    }

    private static <T> ArrayNode array(Collection<T> values, Function<T, ? extends JsonNode> toNode) {
        ArrayNode array = NODES.arrayNode();
        values.forEach(value -> array.add(toNode.apply(value)));
        return array;
    }

    private static <T> ObjectNode object(Map<String, T> values, Function<T, ? extends JsonNode> toNode) {
        ObjectNode object = NODES.objectNode();
        values.forEach((name, value) -> object.set(name, toNode.apply(value)));
        return object;
    }

    static SubtaskManifest readSubtask(String file, byte[] json) throws CorruptSnapshotException {
        return ManifestFields.readDocument(file, parse(file, json), ManifestJson::subtask);
    }

    static JobManifest readJob(String file, byte[] json) throws CorruptSnapshotException {
        return ManifestFields.readDocument(file, parse(file, json), ManifestJson::job);
    }

    private static JsonNode parse(String file, byte[] json) throws CorruptSnapshotException {
        try {
            // Decoded here, strictly: the parser would guess UTF-16 and UTF-32 from damaged bytes.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new CorruptSnapshotException("Manifest " + file + " cannot be read as JSON: " + e.getMessage(), e);
        }
    }

    private static SubtaskManifest subtask(ManifestFields fields) throws CorruptSnapshotException {
        return new SubtaskManifest(
                version(fields, SubtaskManifest.FORMAT_VERSION),
                fields.text("jobId"),
                fields.text("vertexId"),
                fields.integer("subtaskIndex"),
                fields.number("epoch"),
                fields.number("checkpointId"),
                fields.objects("operators", ManifestJson::operator),
                fields.numbers("channelWatermarks"),
                fields.constants("channelStatuses", ChannelStatus.class));
    }

    private static JobManifest job(ManifestFields fields) throws CorruptSnapshotException {
        return new JobManifest(
                version(fields, JobManifest.FORMAT_VERSION),
                fields.text("jobId"),
                fields.text("jobName"),
                fields.number("checkpointId"),
                fields.number("epoch"),
                fields.constant("kind", CheckpointKind.class),
                fields.number("timestampMs"),
                fields.integer("maxParallelism"),
                fields.textMap("fingerprint"),
                fields.objects("vertices", ManifestJson::vertex));
    }

    /** Checked before all else: another version's fields would be reported as missing. */
    private static int version(ManifestFields fields, int expected) throws CorruptSnapshotException {
        int found = fields.integer("formatVersion");
        Require.version(expected, found);
        return found;
    }

    private static OperatorState operator(ManifestFields fields) throws CorruptSnapshotException {
        return new OperatorState(
                fields.text("operatorId"),
                fields.integer("firstKeyGroup"),
                fields.integer("endKeyGroup"),
                fields.objects("runs", ManifestJson::file),
                fields.objectMap("parts", ManifestJson::file));
    }

    private static VertexState vertex(ManifestFields fields) throws CorruptSnapshotException {
        return new VertexState(
                fields.text("vertexId"),
                fields.integer("parallelism"),
                fields.texts("operatorIds"),
                fields.objects("subtasks", ManifestJson::file));
    }

    private static StoredFile file(ManifestFields fields) throws CorruptSnapshotException {
        StoredFile file = new StoredFile(fields.text("path"), fields.number("length"), fields.number("crc32c"));
        StoragePath.check(file.path());
        Require.atLeast("length", 0, file.length());
        Require.atLeast("crc32c", 0, file.crc32c());
        if (file.crc32c() > MAX_CRC) {
            throw new IllegalArgumentException("crc32c: expected at most " + MAX_CRC + ", found " + file.crc32c());
        }
        return file;
    }
}

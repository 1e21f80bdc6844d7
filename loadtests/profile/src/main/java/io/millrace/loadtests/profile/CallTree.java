// SPDX-License-Identifier: Apache-2.0
package io.millrace.loadtests.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Weighed stacks, merged from the root on: what a flame graph draws. */
final class CallTree {
    private final Node root = new Node();

    /** Adds a stack, root first; the weight is the last frame's own. */
    void add(List<Frame> stack, long weight) {
        Node node = root;
        node.total += weight;
        for (Frame frame : stack) {
            node = node.children.computeIfAbsent(frame, unseen -> new Node());
            node.total += weight;
        }
    }

    /** The weight of all stacks. */
    long total() {
        return root.total;
    }

    /**
     * Writes the tree as JSON: {@code frames} lists label, detail and owner of each frame once, {@code nodes} has
     * three numbers a node, parents before children and heavy siblings before light ones: depth, frame, weight.
     */
    void writeJson(StringBuilder out) {
        Map<Frame, Integer> frames = new LinkedHashMap<>();
        StringBuilder nodes = new StringBuilder();
        writeNodes(root, 0, frames, nodes);
        out.append("{\"total\":").append(root.total).append(",\"frames\":[");
        String separator = "";
        for (Frame frame : frames.keySet()) {
            out.append(separator).append("[");
            quote(frame.label(), out);
            out.append(',');
            quote(frame.detail(), out);
            out.append(',').append(frame.owner().ordinal()).append(']');
            separator = ",\n";
        }
        out.append("],\"nodes\":[").append(nodes).append("]}");
    }

    private static void writeNodes(Node parent, int depth, Map<Frame, Integer> frames, StringBuilder nodes) {
        List<Map.Entry<Frame, Node>> heaviestFirst = new ArrayList<>(parent.children.entrySet());
        heaviestFirst.sort(Comparator.comparingLong(child -> -child.getValue().total));
        for (Map.Entry<Frame, Node> child : heaviestFirst) {
            int index = frames.computeIfAbsent(child.getKey(), unseen -> frames.size());
            nodes.append(nodes.isEmpty() ? "" : ",").append(depth).append(',').append(index);
            nodes.append(',').append(child.getValue().total);
            writeNodes(child.getValue(), depth + 1, frames, nodes);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c == '<') {
                // '<' too: a name must not end the script element that holds it.
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static final class Node {
        private final Map<Frame, Node> children = new LinkedHashMap<>();
        private long total;
    }
}

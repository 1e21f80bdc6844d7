// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import com.esotericsoftware.kryo.KryoException;

/** A problem on its way out of nested values, gathering the path to the field; never leaves {@link KryoCodec}. */
final class FieldProblem extends RuntimeException {
    private static final int MAX_PATH = 200;

    private final RuntimeException problem;
    private String path;

    private FieldProblem(String field, RuntimeException problem) {
        super(problem.getMessage(), problem, false, false);
        this.problem = problem;
        this.path = field;
    }

    static FieldProblem at(String field, RuntimeException problem) {
        if (problem instanceof FieldProblem inner) {
            inner.path = inner.path.length() > MAX_PATH
                    ? field + ".." + inner.path.substring(inner.path.length() - MAX_PATH / 2)
                    : field + "." + inner.path;
            return inner;
        }
        return new FieldProblem(field, problem);
    }

    /** The problem for the world: what, where, why. */
    static CodecException explain(String what, ResolvedType type, RuntimeException found) {
        String place = type.toString();
        RuntimeException problem = found;
        if (found instanceof FieldProblem inField) {
            place += "." + inField.path;
            problem = inField.problem;
        }
        boolean ours = problem instanceof CodecException || problem instanceof KryoException;
        String reason = ours || problem instanceof IllegalArgumentException ? problem.getMessage() : problem.toString();
        return new CodecException(what + " " + place + ": " + reason, problem);
    }
}

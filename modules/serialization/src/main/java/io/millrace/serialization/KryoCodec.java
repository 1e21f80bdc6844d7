// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

/**
 * The codec of records, sealed types, arrays and the user's classes, by a Kryo of its own that knows the classes of the
 * declared type alone.
 */
final class KryoCodec<T> implements Codec<T> {
    private final TypeInspection inspection;
    private final ValueKryo kryo;
    private final Slot root;
    private final KryoBytes.In input = new KryoBytes.In();
    private final KryoBytes.Out output = new KryoBytes.Out();

    KryoCodec(TypeInspection inspection) {
        this.inspection = inspection;
        this.kryo = new ValueKryo(inspection);
        this.root = Slots.of(inspection.root());
    }

    @Override
    public void write(T value, ByteWriter out) {
        assert value != null : "a null has no bytes";
        output.begin(out);
        try {
            root.write(kryo, output, value);
            output.finish(out);
        } catch (RuntimeException e) {
            throw FieldProblem.explain("Cannot write", inspection.root(), e);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        } finally {
            output.release();
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public T read(ByteReader in) {
        int start = in.position();
        input.setBuffer(in.array(), start, in.remaining());
        Object value;
        try {
            value = root.read(kryo, input);
        } catch (RuntimeException e) {
            throw FieldProblem.explain("Cannot read", inspection.root(), e);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
        if (value == null) {
            throw new CodecException("Expected a " + inspection.root() + ", found null: the bytes are damaged.");
        }
        in.skip(input.position() - start);
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T copy(T value) {
        if (inspection.immutable()) {
            return value;
        }
        try {
            return (T) java.util.Objects.requireNonNull(root.copy(kryo, value));
        } catch (RuntimeException e) {
            throw FieldProblem.explain("Cannot copy", inspection.root(), e);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private CodecException tooDeep(StackOverflowError cause) {
        return new CodecException(
                inspection.root() + ": a value is nested deeper than " + ValueKryo.MAX_DEPTH
                        + " levels, or contains itself. Keep long chains in a list.",
                cause);
    }

    @Override
    public boolean isImmutable() {
        return inspection.immutable();
    }

    @Override
    public Codec<T> duplicate() {
        return new KryoCodec<>(inspection);
    }

    @Override
    public String describe() {
        return "kryo/1:" + inspection.description();
    }
}

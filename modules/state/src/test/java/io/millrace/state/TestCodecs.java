// SPDX-License-Identifier: Apache-2.0
package io.millrace.state;

import io.millrace.api.types.TypeHint;
import io.millrace.serialization.ByteReader;
import io.millrace.serialization.ByteWriter;
import io.millrace.serialization.Codec;
import io.millrace.serialization.CodecException;
import io.millrace.serialization.KeyCodec;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/** Small codecs of the tests' own. */
public final class TestCodecs {
    private TestCodecs() {}

    /** Knows Long, String and Counter. */
    @SuppressWarnings("unchecked")
    public static <T> Codec<T> forType(TypeHint<T> type) {
        if (type.type() == Long.class) {
            return (Codec<T>) new LongCodec();
        }
        if (type.type() == String.class) {
            return (Codec<T>) new StringCodec();
        }
        if (type.type() == Counter.class) {
            return (Codec<T>) new CounterCodec();
        }
        throw new CodecException("No codec of " + type);
    }

    /** Keys are Longs with a well-spread hash. */
    public static KeyCodec<Object> longKeys() {
        return new LongKeys(TestCodecs::spread, new AtomicInteger());
    }

    /** Keys are Longs of which many have the same hash. */
    public static KeyCodec<Object> collidingKeys() {
        return new LongKeys(key -> spread(key % 3), new AtomicInteger());
    }

    /** Counts how often a hash is computed. */
    public static KeyCodec<Object> countingKeys(AtomicInteger hashes) {
        return new LongKeys(TestCodecs::spread, hashes);
    }

    private static int spread(long key) {
        long mixed = (key + 1) * 0x9E3779B97F4A7C15L;
        return (int) ((mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L >>> 32);
    }

    private abstract static class Immutable<T> implements Codec<T> {
        @Override
        public T copy(T value) {
            throw new AssertionError("An immutable value is copied: " + value);
        }

        @Override
        public boolean isImmutable() {
            return true;
        }
    }

    public static final class LongCodec extends Immutable<Long> {
        @Override
        public void write(Long value, ByteWriter out) {
            out.writeLong(value);
        }

        @Override
        public Long read(ByteReader in) {
            return in.readLong();
        }

        @Override
        public Codec<Long> duplicate() {
            return new LongCodec();
        }

        @Override
        public String describe() {
            return "long/1";
        }
    }

    public static class StringCodec extends Immutable<String> {
        @Override
        public void write(String value, ByteWriter out) {
            out.writeString(value);
        }

        @Override
        public String read(ByteReader in) {
            return in.readString();
        }

        @Override
        public Codec<String> duplicate() {
            return new StringCodec();
        }

        @Override
        public String describe() {
            return "string/1";
        }
    }

    /** Counts copies, those of its duplicates too. */
    public static final class CounterCodec implements Codec<Counter> {
        private final AtomicInteger copies;

        public CounterCodec() {
            this(new AtomicInteger());
        }

        public CounterCodec(AtomicInteger copies) {
            this.copies = copies;
        }

        @Override
        public void write(Counter value, ByteWriter out) {
            out.writeLong(value.count);
            out.writeLong(value.mirror);
        }

        @Override
        public Counter read(ByteReader in) {
            return new Counter(in.readLong(), in.readLong());
        }

        @Override
        public Counter copy(Counter value) {
            copies.incrementAndGet();
            return new Counter(value.count, value.mirror);
        }

        @Override
        public boolean isImmutable() {
            return false;
        }

        @Override
        public Codec<Counter> duplicate() {
            return new CounterCodec(copies);
        }

        @Override
        public String describe() {
            return "counter/1";
        }
    }

    private static final class LongKeys implements KeyCodec<Object> {
        private final ToIntFunction<Long> hash;
        private final AtomicInteger hashes;

        private LongKeys(ToIntFunction<Long> hash, AtomicInteger hashes) {
            this.hash = hash;
            this.hashes = hashes;
        }

        @Override
        public int hash(Object key) {
            hashes.incrementAndGet();
            return hash.applyAsInt((Long) key);
        }

        @Override
        public void write(Object value, ByteWriter out) {
            out.writeLong((Long) value);
        }

        @Override
        public Object read(ByteReader in) {
            return in.readLong();
        }

        @Override
        public Object copy(Object value) {
            return value;
        }

        @Override
        public boolean isImmutable() {
            return true;
        }

        @Override
        public KeyCodec<Object> duplicate() {
            return new LongKeys(hash, hashes);
        }

        @Override
        public String describe() {
            return "long/1";
        }
    }
}

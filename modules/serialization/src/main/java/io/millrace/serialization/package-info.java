// SPDX-License-Identifier: Apache-2.0
/**
 * Codecs: how values, keys and namespaces become bytes, on channels and in snapshots.
 *
 * <p>{@link io.millrace.serialization.Codecs} is the entry: it finds the {@link io.millrace.serialization.Codec} of a
 * declared type, the one that describes itself for a type that nobody declared, and the
 * {@link io.millrace.serialization.KeyCodec} of keys.
 *
 * <ul>
 *   <li><b>Types without parts</b> (boxed primitives, text, bytes, big numbers, {@code java.time}, UUID), enums,
 *       collections, maps and optionals have codecs of their own.
 *   <li><b>Records, sealed types, arrays and users' classes</b> go through Kryo, one instance a codec, which knows the
 *       classes found by walking through the declared type and no other. A type with a part that has no codec is refused
 *       before the first value, with the path to the part. Any abstract type is opened by registering a class that
 *       extends it; classes' numbers then are the job's ids, all others follow from the sorted names of the classes.
 *   <li><b>Keys</b> have canonical bytes: equal keys have equal bytes and hashes on every JDK, and the bytes sort as the
 *       keys do. Types for which that cannot be promised are refused.
 * </ul>
 *
 * <p><b>Format.</b> {@link io.millrace.serialization.Codec#describe} names the form, its version, and for Kryo the layout
 * of each class, so that a restore sees that a record has changed. Golden tests hold the bytes and hashes still.
 *
 * <p><b>Damaged bytes</b> give a value or a {@link io.millrace.serialization.CodecException}, nothing else: lengths are
 * checked before room is made, nesting is bounded, Java serialization is not used, and a class named in bytes is not
 * touched unless it is a record, an enum, a permitted subclass of a sealed type or registered. An {@code Error} that a
 * user's own constructor throws is not caught.
 *
 * <p><b>Threads.</b> A codec belongs to one thread at a time; {@code duplicate} gives another one its own.
 */
@NullMarked
package io.millrace.serialization;

import org.jspecify.annotations.NullMarked;

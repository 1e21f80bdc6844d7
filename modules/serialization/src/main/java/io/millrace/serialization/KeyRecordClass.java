// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static java.lang.invoke.MethodType.methodType;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.IRETURN;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.UnaryOperator;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates, once a record class, the {@link RecordKeyCodec} whose per-key methods are straight code: primitives, their
 * boxes and texts are written here, all else by its own codec. A record of int and long alone is hashed without bytes.
 */
final class KeyRecordClass {
    private static final ClassValue<UnaryOperator<RecordKeyCodec>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected UnaryOperator<RecordKeyCodec> computeValue(Class<?> type) {
            RecordAccess access = RecordAccess.of(type);
            return GeneratedClass.suits(access)
                    ? constructor(new KeyRecordClass(type, access).generate())
                    : UnaryOperator.identity();
        }
    };

    private static final String CODEC = Type.getInternalName(KeyCodec.class);
    private static final String CODEC_FIELD = Type.getDescriptor(KeyCodec.class);
    private static final MethodType WRITE = methodType(void.class, Object.class, ByteWriter.class);
    private static final MethodType READ = methodType(Object.class, ByteReader.class);

    private final RecordAccess access;
    private final Class<?>[] types;
    private final GeneratedClass generated;

    private KeyRecordClass(Class<?> record, RecordAccess access) {
        this.access = access;
        this.types = access.componentTypes();
        this.generated = new GeneratedClass(RecordKeyCodec.class, record);
    }

    /** The same codec by generated code, or the very same where the record does not suit it. */
    static RecordKeyCodec generatedFor(Class<?> record, RecordKeyCodec plain) {
        return CONSTRUCTORS.get(record).apply(plain);
    }

    private static UnaryOperator<RecordKeyCodec> constructor(MethodHandle handle) {
        return plain -> {
            try {
                return (RecordKeyCodec) handle.invokeExact(plain);
            } catch (Throwable e) {
                throw RecordAccess.unchecked(e);
            }
        };
    }

    private MethodHandle generate() {
        emitConstructor();
        emitDuplicate();
        emitWrite();
        emitRead();
        if (isHashedWithoutBytes()) {
            emitHash();
        }
        return generated.define(RecordKeyCodec.class, RecordKeyCodec.class);
    }

    /** The primitive that a component is or boxes; otherwise the type itself. */
    private static Class<?> unboxed(Class<?> type) {
        return methodType(type).unwrap().returnType();
    }

    private static boolean isWrittenHere(Class<?> type) {
        return type == String.class || unboxed(type).isPrimitive();
    }

    private boolean isHashedWithoutBytes() {
        for (Class<?> type : types) {
            if (unboxed(type) != int.class && unboxed(type) != long.class) {
                return false;
            }
        }
        return true;
    }

    private void emitConstructor() {
        MethodVisitor code = generated.constructor(RecordKeyCodec.class);
        for (int i = 0; i < types.length; i++) {
            if (!isWrittenHere(types[i])) {
                generated.field("part" + i, KeyCodec.class);
                code.visitVarInsn(ALOAD, 0);
                code.visitVarInsn(ALOAD, 0);
                code.visitIntInsn(SIPUSH, i);
                generated.callOwn(code, "part", methodType(KeyCodec.class, int.class));
                code.visitFieldInsn(PUTFIELD, generated.name(), "part" + i, CODEC_FIELD);
            }
        }
        code.visitInsn(RETURN);
        GeneratedClass.finish(code);
    }

    private void emitDuplicate() {
        MethodVisitor code = generated.method("duplicate", methodType(KeyCodec.class));
        code.visitTypeInsn(NEW, generated.name());
        code.visitInsn(DUP);
        code.visitVarInsn(ALOAD, 0);
        String constructor = methodType(void.class, RecordKeyCodec.class).toMethodDescriptorString();
        code.visitMethodInsn(INVOKESPECIAL, generated.name(), "<init>", constructor, false);
        code.visitInsn(ARETURN);
        GeneratedClass.finish(code);
    }

    private void emitWrite() {
        MethodVisitor code = generated.method("write", WRITE);
        emitNullCheck(code);
        for (int i = 0; i < types.length; i++) {
            if (types[i] == String.class) {
                pushPresent(code, i);
                code.visitTypeInsn(CHECKCAST, Type.getInternalName(String.class));
                code.visitVarInsn(ALOAD, 2);
                GeneratedClass.callStatic(
                        code, KeyText.class, "write", methodType(void.class, String.class, ByteWriter.class));
            } else if (isWrittenHere(types[i])) {
                pushPrimitive(code, i);
                code.visitVarInsn(ALOAD, 2);
                MethodType type = methodType(void.class, unboxed(types[i]), ByteWriter.class);
                GeneratedClass.callStatic(code, KeyParts.class, "write", type);
            } else {
                pushCodec(code, i);
                pushPresent(code, i);
                code.visitVarInsn(ALOAD, 2);
                code.visitMethodInsn(INVOKEINTERFACE, CODEC, "write", WRITE.toMethodDescriptorString(), true);
            }
        }
        code.visitInsn(RETURN);
        GeneratedClass.finish(code);
    }

    private void emitNullCheck(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 1);
        generated.callOwn(code, "checkNotNull", methodType(void.class, Object.class));
    }

    private void pushCodec(MethodVisitor code, int component) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, generated.name(), "part" + component, CODEC_FIELD);
    }

    /** Pushes a component that is an object, having checked that it is there. */
    private void pushPresent(MethodVisitor code, int component) {
        code.visitVarInsn(ALOAD, 0);
        generated.pushComponent(code, access.getter(component), 1);
        code.visitIntInsn(SIPUSH, component);
        generated.callOwn(code, "present", methodType(Object.class, Object.class, int.class));
    }

    private void pushPrimitive(MethodVisitor code, int component) {
        Class<?> type = types[component];
        if (type.isPrimitive()) {
            generated.pushComponent(code, access.getter(component), 1);
            return;
        }
        pushPresent(code, component);
        Class<?> primitive = unboxed(type);
        String box = Type.getInternalName(type);
        code.visitTypeInsn(CHECKCAST, box);
        code.visitMethodInsn(
                INVOKEVIRTUAL,
                box,
                primitive.getName() + "Value",
                methodType(primitive).toMethodDescriptorString(),
                false);
    }

    private void emitRead() {
        MethodVisitor code = generated.method("read", READ);
        MethodHandle constructor = access.constructor(KeyRecordClass::unboxed);
        generated.push(code, constructor);
        for (int i = 0; i < types.length; i++) {
            if (types[i] == String.class) {
                code.visitVarInsn(ALOAD, 1);
                GeneratedClass.callStatic(code, KeyText.class, "read", methodType(String.class, ByteReader.class));
            } else if (isWrittenHere(types[i])) {
                code.visitVarInsn(ALOAD, 1);
                Class<?> primitive = unboxed(types[i]);
                GeneratedClass.callStatic(
                        code,
                        KeyParts.class,
                        GeneratedClass.readerOf(primitive),
                        methodType(primitive, ByteReader.class));
            } else {
                pushCodec(code, i);
                code.visitVarInsn(ALOAD, 1);
                code.visitMethodInsn(INVOKEINTERFACE, CODEC, "read", READ.toMethodDescriptorString(), true);
            }
        }
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitTryCatchBlock(start, end, failed, Type.getInternalName(Throwable.class));
        code.visitLabel(start);
        GeneratedClass.invoke(code, constructor);
        code.visitLabel(end);
        code.visitInsn(ARETURN);
        code.visitLabel(failed);
        Object[] locals = {generated.name(), Type.getInternalName(ByteReader.class)};
        code.visitFrame(Opcodes.F_NEW, 2, locals, 1, new Object[] {Type.getInternalName(Throwable.class)});
        code.visitVarInsn(ASTORE, 2);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, 2);
        generated.callOwn(code, "refused", methodType(RuntimeException.class, Throwable.class));
        code.visitInsn(ATHROW);
        GeneratedClass.finish(code);
    }

    private void emitHash() {
        MethodVisitor code = generated.method("hash", methodType(int.class, Object.class));
        emitNullCheck(code);
        code.visitInsn(ICONST_0);
        int length = 0;
        for (int i = 0; i < types.length; i++) {
            pushPrimitive(code, i);
            Class<?> primitive = unboxed(types[i]);
            GeneratedClass.callStatic(code, KeyParts.class, "mix", methodType(int.class, int.class, primitive));
            length += primitive == long.class ? Long.BYTES : Integer.BYTES;
        }
        code.visitIntInsn(SIPUSH, length);
        GeneratedClass.callStatic(code, Murmur3.class, "finish", methodType(int.class, int.class, int.class));
        code.visitInsn(IRETURN);
        GeneratedClass.finish(code);
    }
}

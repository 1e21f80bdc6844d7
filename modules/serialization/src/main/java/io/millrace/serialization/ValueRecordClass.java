// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import static java.lang.invoke.MethodType.methodType;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ARETURN;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ATHROW;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.GETFIELD;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.PUTFIELD;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.SIPUSH;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates, once a record class, the {@link RecordSerializer} whose {@code write} and {@code read} are straight code:
 * primitives and texts by {@link ValueParts}, all else by its slot. A local variable counts the components, so that an
 * error can name the one it is in.
 */
final class ValueRecordClass {
    private static final ClassValue<Function<Class<?>, RecordSerializer>> CONSTRUCTORS = new ClassValue<>() {
        @Override
        protected Function<Class<?>, RecordSerializer> computeValue(Class<?> type) {
            RecordAccess access = RecordAccess.of(type);
            return GeneratedClass.suits(access)
                    ? constructor(new ValueRecordClass(type, access).generate())
                    : RecordSerializer::new;
        }
    };

    private static final String SLOT = Type.getInternalName(Slot.class);
    private static final String SLOT_FIELD = Type.getDescriptor(Slot.class);
    private static final int AT = 4;
    private static final int KRYO = 5;
    private static final int BYTES = 6;
    private static final int PROBLEM = 7;

    private final RecordAccess access;
    private final Class<?>[] types;
    private final GeneratedClass generated;

    private ValueRecordClass(Class<?> record, RecordAccess access) {
        this.access = access;
        this.types = access.componentTypes();
        this.generated = new GeneratedClass(RecordSerializer.class, record);
    }

    /** The serializer of a record by generated code, or the plain one where the record does not suit it. */
    static RecordSerializer serializerOf(Class<?> record) {
        return CONSTRUCTORS.get(record).apply(record);
    }

    private static Function<Class<?>, RecordSerializer> constructor(MethodHandle handle) {
        return record -> {
            try {
                return (RecordSerializer) handle.invokeExact(record);
            } catch (Throwable e) {
                throw RecordAccess.unchecked(e);
            }
        };
    }

    private MethodHandle generate() {
        emitConstructor();
        emitWrite();
        emitRead();
        return generated.define(Class.class, RecordSerializer.class);
    }

    private static boolean isWrittenHere(Class<?> type) {
        return type == String.class || type.isPrimitive();
    }

    private void emitConstructor() {
        MethodVisitor code = generated.constructor(Class.class);
        for (int i = 0; i < types.length; i++) {
            if (!isWrittenHere(types[i])) {
                generated.field("slot" + i, Slot.class);
                code.visitVarInsn(ALOAD, 0);
                code.visitVarInsn(ALOAD, 0);
                code.visitIntInsn(SIPUSH, i);
                generated.callOwn(code, "slot", methodType(Slot.class, int.class));
                code.visitFieldInsn(PUTFIELD, generated.name(), "slot" + i, SLOT_FIELD);
            }
        }
        code.visitInsn(RETURN);
        GeneratedClass.finish(code);
    }

    private void emitWrite() {
        MethodVisitor code = generated.method("write", methodType(void.class, Kryo.class, Output.class, Object.class));
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitTryCatchBlock(start, end, failed, Type.getInternalName(RuntimeException.class));
        emitStart(code, KryoBytes.Out.class);
        code.visitLabel(start);
        for (int i = 0; i < types.length; i++) {
            emitAt(code, i);
            if (isWrittenHere(types[i])) {
                generated.pushComponent(code, access.getter(i), 3);
                if (types[i] == String.class) {
                    code.visitTypeInsn(CHECKCAST, Type.getInternalName(String.class));
                }
                code.visitVarInsn(ALOAD, KRYO);
                code.visitVarInsn(ALOAD, BYTES);
                MethodType type = methodType(void.class, types[i], ValueKryo.class, KryoBytes.Out.class);
                GeneratedClass.callStatic(code, ValueParts.class, "write", type);
            } else {
                pushSlot(code, i);
                code.visitVarInsn(ALOAD, KRYO);
                code.visitVarInsn(ALOAD, BYTES);
                generated.pushComponent(code, access.getter(i), 3);
                callSlot(code, "write", methodType(void.class, ValueKryo.class, KryoBytes.Out.class, Object.class));
            }
        }
        code.visitLabel(end);
        code.visitInsn(RETURN);
        emitProblemAt(code, failed, Output.class, Object.class, KryoBytes.Out.class);
        GeneratedClass.finish(code);
    }

    /** Sets the local variables that both methods use. */
    private static void emitStart(MethodVisitor code, Class<?> bytes) {
        emitAt(code, 0);
        code.visitVarInsn(ALOAD, 1);
        code.visitTypeInsn(CHECKCAST, Type.getInternalName(ValueKryo.class));
        code.visitVarInsn(ASTORE, KRYO);
        code.visitVarInsn(ALOAD, 2);
        code.visitTypeInsn(CHECKCAST, Type.getInternalName(bytes));
        code.visitVarInsn(ASTORE, BYTES);
    }

    private static void emitAt(MethodVisitor code, int component) {
        code.visitIntInsn(SIPUSH, component);
        code.visitVarInsn(ISTORE, AT);
    }

    private void pushSlot(MethodVisitor code, int component) {
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, generated.name(), "slot" + component, SLOT_FIELD);
    }

    private static void callSlot(MethodVisitor code, String method, MethodType type) {
        code.visitMethodInsn(INVOKEVIRTUAL, SLOT, method, type.toMethodDescriptorString(), false);
    }

    private void emitRead() {
        MethodVisitor code = generated.method("read", methodType(Object.class, Kryo.class, Input.class, Class.class));
        MethodHandle constructor = access.constructor(type -> type);
        Label start = new Label();
        Label create = new Label();
        Label end = new Label();
        Label failed = new Label();
        Label refused = new Label();
        code.visitTryCatchBlock(start, create, failed, Type.getInternalName(RuntimeException.class));
        code.visitTryCatchBlock(create, end, refused, Type.getInternalName(Throwable.class));
        emitStart(code, KryoBytes.In.class);
        code.visitLabel(start);
        generated.push(code, constructor);
        for (int i = 0; i < types.length; i++) {
            emitAt(code, i);
            emitReadOne(code, i);
        }
        code.visitLabel(create);
        GeneratedClass.invoke(code, constructor);
        code.visitLabel(end);
        code.visitInsn(ARETURN);
        emitProblemAt(code, failed, Input.class, Class.class, KryoBytes.In.class);
        emitHandler(code, refused, Throwable.class, Input.class, Class.class, KryoBytes.In.class);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, PROBLEM);
        generated.callOwn(code, "refused", methodType(RuntimeException.class, Throwable.class));
        code.visitInsn(ATHROW);
        GeneratedClass.finish(code);
    }

    private void emitReadOne(MethodVisitor code, int component) {
        Class<?> type = types[component];
        if (!isWrittenHere(type)) {
            pushSlot(code, component);
        }
        code.visitVarInsn(ALOAD, KRYO);
        code.visitVarInsn(ALOAD, BYTES);
        if (isWrittenHere(type)) {
            String reader = type == String.class ? "readText" : GeneratedClass.readerOf(type);
            GeneratedClass.callStatic(
                    code, ValueParts.class, reader, methodType(type, ValueKryo.class, KryoBytes.In.class));
        } else {
            callSlot(code, "read", methodType(Object.class, ValueKryo.class, KryoBytes.In.class));
        }
    }

    private void emitProblemAt(MethodVisitor code, Label handler, Class<?> second, Class<?> third, Class<?> bytes) {
        emitHandler(code, handler, RuntimeException.class, second, third, bytes);
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ILOAD, AT);
        code.visitVarInsn(ALOAD, PROBLEM);
        generated.callOwn(code, "problemAt", methodType(RuntimeException.class, int.class, RuntimeException.class));
        code.visitInsn(ATHROW);
    }

    /** Begins a handler: parameters, then the three variables of {@link #emitStart}, then the problem. */
    private void emitHandler(
            MethodVisitor code, Label handler, Class<?> problem, Class<?> second, Class<?> third, Class<?> bytes) {
        code.visitLabel(handler);
        Object[] locals = {
            generated.name(),
            Type.getInternalName(Kryo.class),
            Type.getInternalName(second),
            Type.getInternalName(third),
            Opcodes.INTEGER,
            Type.getInternalName(ValueKryo.class),
            Type.getInternalName(bytes)
        };
        code.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {Type.getInternalName(problem)});
        code.visitVarInsn(ASTORE, PROBLEM);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.serialization;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A hidden class of this package in the making, whose code reads and makes records of one class by constant method
 * handles: the JIT sees through these, so that a component comes as a primitive and by no call.
 *
 * <p>The class is one of this package, not a nest mate of the record, for the record's class loader need not know
 * Millrace's inner classes; the handles bring the access to private records with them. It lives as long as someone holds
 * it or an object of it, and holds the record's class.
 */
final class GeneratedClass {
    /** Beyond this a method becomes too long for the JIT. */
    private static final int MAX_COMPONENTS = 64;

    private static final String HANDLE = Type.getDescriptor(MethodHandle.class);
    private static final Handle CLASS_DATA = new Handle(
            Opcodes.H_INVOKESTATIC,
            Type.getInternalName(MethodHandles.class),
            "classDataAt",
            MethodType.methodType(Object.class, MethodHandles.Lookup.class, String.class, Class.class, int.class)
                    .toMethodDescriptorString(),
            false);

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final List<MethodHandle> constants = new ArrayList<>();
    private final String name;
    private final String superclass;

    GeneratedClass(Class<?> superclass, Class<?> record) {
        this.superclass = Type.getInternalName(superclass);
        this.name = this.superclass + '$' + record.getSimpleName();
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                this.superclass,
                null);
    }

    /** A record without components has nothing to gain, and one with very many would lose. */
    static boolean suits(RecordAccess access) {
        int components = access.components().length;
        return components > 0 && components <= MAX_COMPONENTS;
    }

    String name() {
        return name;
    }

    void field(String field, Class<?> type) {
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field, Type.getDescriptor(type), null, null)
                .visitEnd();
    }

    MethodVisitor method(String method, MethodType type) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, method, type.toMethodDescriptorString(), null, null);
        code.visitCode();
        return code;
    }

    /** A constructor that begins with the one of the superclass with the same parameter; its rest is the caller's. */
    MethodVisitor constructor(Class<?> parameter) {
        MethodType type = MethodType.methodType(void.class, parameter);
        MethodVisitor code = method("<init>", type);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, superclass, "<init>", type.toMethodDescriptorString(), false);
        return code;
    }

    static void finish(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** Pushes a constant handle; what it needs comes after it, then {@link #invoke}. */
    void push(MethodVisitor code, MethodHandle handle) {
        constants.add(handle);
        code.visitLdcInsn(new ConstantDynamic("_", HANDLE, CLASS_DATA, constants.size() - 1));
    }

    static void invoke(MethodVisitor code, MethodHandle handle) {
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                Type.getInternalName(MethodHandle.class),
                "invokeExact",
                handle.type().toMethodDescriptorString(),
                false);
    }

    /** Pushes a component of the record in a local variable. */
    void pushComponent(MethodVisitor code, MethodHandle getter, int variable) {
        push(code, getter);
        code.visitVarInsn(Opcodes.ALOAD, variable);
        invoke(code, getter);
    }

    void callOwn(MethodVisitor code, String method, MethodType type) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, superclass, method, type.toMethodDescriptorString(), false);
    }

    static void callStatic(MethodVisitor code, Class<?> owner, String method, MethodType type) {
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, Type.getInternalName(owner), method, type.toMethodDescriptorString(), false);
    }

    /** The name of the method of {@link KeyParts} and {@link ValueParts} that reads a primitive. */
    static String readerOf(Class<?> primitive) {
        String type = primitive.getName();
        return "read" + Character.toUpperCase(type.charAt(0)) + type.substring(1);
    }

    /** The constructor with one parameter, as a handle from the parameter to the superclass. */
    MethodHandle define(Class<?> parameter, Class<?> result) {
        writer.visitEnd();
        try {
            MethodHandles.Lookup defined = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(writer.toByteArray(), List.copyOf(constants), true);
            return defined.findConstructor(defined.lookupClass(), MethodType.methodType(void.class, parameter))
                    .asType(MethodType.methodType(result, parameter));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The class " + name + " cannot be generated.", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.millrace.specialisation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class must keep to so that its copy means the same: a hidden class is no type that another class, a lambda or
 * a descriptor can name. Confined to one thread.
 */
final class CopyRules extends ClassVisitor {
    private static final String STRING_CONCATENATION = "java/lang/invoke/StringConcatFactory";

    private final Class<?> type;
    private final String descriptor;
    private final List<String> broken = new ArrayList<>();
    private int constructors;

    CopyRules(Class<?> type) {
        super(Opcodes.ASM9);
        this.type = type;
        this.descriptor = Type.getDescriptor(type);
    }

    /**
     * @throws IllegalArgumentException when a rule is broken
     */
    void requireKept() {
        if (type.isMemberClass() || type.isLocalClass() || type.isAnonymousClass()) {
            broken.add("it is declared inside another class");
        }
        if (constructors != 1) {
            broken.add("it has " + constructors + " constructors in place of one");
        }
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(
                    "The class " + type.getName() + " cannot be specialised: " + String.join("; ", broken) + ".");
        }
    }

    @Override
    public void visitInnerClass(String name, @Nullable String outer, @Nullable String inner, int access) {
        if (Type.getInternalName(type).equals(outer)) {
            broken.add("it declares the class " + name);
        }
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String fieldType, @Nullable String signature, @Nullable Object value) {
        requireForeign("field " + name, fieldType);
        if ((access & Opcodes.ACC_STATIC) != 0 && value == null) {
            broken.add("its field " + name + " is static and no constant, each copy would have one of its own");
        }
        return null;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String methodType, @Nullable String signature, String @Nullable [] exceptions) {
        if (name.equals("<init>")) {
            constructors++;
        } else if ((access & Opcodes.ACC_STATIC) != 0) {
            broken.add("its method " + name + " is static");
        }
        requireForeign("method " + name, methodType);
        return new Body(name);
    }

    private void requireForeign(String what, String typeOrMethod) {
        if (typeOrMethod.contains(descriptor)) {
            broken.add("the " + what + " has the class's own type");
        }
    }

    private final class Body extends MethodVisitor {
        private final String method;

        private Body(String method) {
            super(Opcodes.ASM9);
            this.method = method;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String callType, Handle bootstrap, Object... arguments) {
            if (!bootstrap.getOwner().equals(STRING_CONCATENATION)) {
                broken.add("its method " + method + " has a lambda or method reference");
            }
        }

        @Override
        public void visitLocalVariable(
                String name, String variableType, @Nullable String signature, Label start, Label end, int index) {
            if (!name.equals("this")) {
                requireForeign("variable " + name + " in " + method, variableType);
            }
        }
    }
}

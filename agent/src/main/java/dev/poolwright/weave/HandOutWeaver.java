package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Any class that declares a {@link HandOut} method. What it really is, the hook finds out when it is called: looking for
 * its supertypes here would load them.
 */
final class HandOutWeaver extends Weaver {

    static byte[] woven(ClassFile file, byte[] bytes) {
        return new HandOutWeaver().weave(file, bytes);
    }

    @Override
    ClassVisitor visitor(ClassFile file, ClassWriter writer) {
        return new ClassVisitor(API, writer) {
            private String owner = "";

            @Override
            public void visit(
                    int version, int access, String name, String signature, String superName, String[] interfaces) {
                owner = name;
                super.visit(version, access, name, signature, superName, interfaces);
            }

            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                ClassFile.Method method = file.method(name, descriptor);
                if (method == null) {
                    return next;
                }
                if (HandOut.isGetConnection(method)) {
                    return new GetConnection(next, owner, file, method);
                }
                if (HandOut.isConnect(method)) {
                    return new Connect(next, owner, file, method);
                }
                return HandOut.isRaw(method) ? new GetRaw(next, owner, file, method) : next;
            }
        };
    }

    private static final class GetConnection extends AroundMethod {

        private final String declaring;
        private final boolean withCredentials;

        GetConnection(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            super(next, owner, file, method, owner);
            declaring = owner.replace('/', '.');
            withCredentials = method.descriptor.startsWith(HandOut.CREDENTIALS);
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ASTORE, fresh(0));
            // By name: class files before Java 5 have no constants for classes.
            super.visitLdcInsn(declaring);
            if (withCredentials) {
                super.visitVarInsn(Opcodes.ALOAD, 1);
                super.visitVarInsn(Opcodes.ALOAD, 2);
                super.visitInsn(Opcodes.ICONST_1);
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ICONST_0);
            }
            callHook(
                    "enterDataSource",
                    "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Z)" + HandOut.CONNECTION);
            returnVerdict();
        }

        @Override
        void atReturn() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("exitDataSource", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void atThrow() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("leaveDataSource", "(Ljava/lang/Object;)V");
        }
    }

    private static final class Connect extends AroundMethod {

        private final String declaring;

        Connect(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            super(next, owner, file, method, owner);
            declaring = owner.replace('/', '.');
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ASTORE, fresh(0));
            super.visitLdcInsn(declaring);
            super.visitVarInsn(Opcodes.ALOAD, 1);
            super.visitVarInsn(Opcodes.ALOAD, 2);
            callHook(
                    "enterDriver",
                    "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/util/Properties;)"
                            + HandOut.CONNECTION);
            returnVerdict();
        }

        @Override
        void atReturn() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("exitDriver", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void atThrow() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("leaveDriver", "(Ljava/lang/Object;)V");
        }
    }

    private static final class GetRaw extends AroundMethod {

        GetRaw(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            super(next, owner, file, method);
        }

        @Override
        void atEntry() {
            callHook("enterRaw", "()V");
        }

        @Override
        void atReturn() {
            callHook("exitRaw", "()V");
        }

        @Override
        void atThrow() {
            callHook("exitRaw", "()V");
        }
    }
}

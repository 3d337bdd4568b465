package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * {@code java.sql.DriverManager}: its private worker, through which every {@code getConnection} goes and which knows the
 * caller's class; in it the one call of {@code Driver.connect}; and {@code deregisterDriver}.
 */
final class DriverManagerWeaver extends Weaver {

    private static final String WORKER =
            "(Ljava/lang/String;Ljava/util/Properties;Ljava/lang/Class;)Ljava/sql/Connection;";
    private static final String DEREGISTER = "(Ljava/sql/Driver;)V";

    static byte[] woven(ClassFile file, byte[] bytes) {
        return new DriverManagerWeaver().weave(file, bytes);
    }

    @Override
    ClassVisitor visitor(ClassFile file, ClassWriter writer) {
        ClassFile.Method worker = file.method("getConnection", WORKER);
        if (worker == null || (worker.access & Opcodes.ACC_STATIC) == 0) {
            throw new IllegalStateException("no method getConnection" + WORKER);
        }
        return new ClassVisitor(API, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                if (name.equals("getConnection") && descriptor.equals(WORKER)) {
                    return new Worker(next, file, worker);
                }
                return name.equals("deregisterDriver") && descriptor.equals(DEREGISTER) ? new Deregister(next) : next;
            }
        };
    }

    private static final class Worker extends AroundMethod {

        private int connects;

        Worker(MethodVisitor next, ClassFile file, ClassFile.Method method) {
            super(next, Weaving.DRIVER_MANAGER, file, method);
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ALOAD, 1);
            super.visitVarInsn(Opcodes.ALOAD, 2);
            callHook("enterDriverManager", WORKER);
            returnVerdict();
        }

        @Override
        void atReturn() {
            callHook("leaveDriverManager", "()V");
        }

        @Override
        void atThrow() {
            callHook("leaveDriverManager", "()V");
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (opcode == Opcodes.INVOKEINTERFACE && owner.equals("java/sql/Driver") && name.equals("connect")) {
                connects++;
                callHook("connect", "(Ljava/sql/Driver;Ljava/lang/String;Ljava/util/Properties;)Ljava/sql/Connection;");
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitEnd() {
            if (connects != 1) {
                throw new IllegalStateException("calls Driver.connect " + connects + " times");
            }
            super.visitEnd();
        }
    }

    private static final class Deregister extends MethodVisitor {

        Deregister(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "driverDeregistered", DEREGISTER, false);
        }
    }
}

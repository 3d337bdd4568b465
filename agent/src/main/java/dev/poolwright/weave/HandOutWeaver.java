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

    private static final String STRING = "java/lang/String";

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

    /**
     * One that opens connections, and may be made to try once more. Kept are what its body threw before, then itself and
     * its two arguments, or none.
     */
    private abstract static class Opening extends AroundMethod {

        private static final int EARLIER = 0;
        static final int SELF = 1;

        final String declaring;

        Opening(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, String... arguments) {
            super(next, owner, file, method, kept(owner, arguments));
            declaring = owner.replace('/', '.');
        }

        private static Object[] kept(String owner, String[] arguments) {
            Object[] kept = new Object[2 + arguments.length];
            kept[EARLIER] = "java/lang/Throwable";
            kept[SELF] = owner;
            System.arraycopy(arguments, 0, kept, SELF + 1, arguments.length);
            return kept;
        }

        /** Leaves itself and its name on the stack: class files before Java 5 have no constants for classes. */
        final void keep(int arguments) {
            super.visitInsn(Opcodes.ACONST_NULL);
            super.visitVarInsn(Opcodes.ASTORE, fresh(EARLIER));
            for (int i = 0; i <= arguments; i++) {
                super.visitVarInsn(Opcodes.ALOAD, i);
                super.visitVarInsn(Opcodes.ASTORE, fresh(SELF + i));
            }
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitLdcInsn(declaring);
        }

        @Override
        final boolean mayRunAgain() {
            return true;
        }

        @Override
        final void atThrow() {
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ALOAD, fresh(EARLIER));
            super.visitVarInsn(Opcodes.ALOAD, fresh(SELF));
            fail();
            // Beneath what is thrown is what the body threw: noted, for the case that the body runs again.
            super.visitInsn(Opcodes.SWAP);
            super.visitVarInsn(Opcodes.ASTORE, fresh(EARLIER));
            runAgainIfNull(SELF);
        }

        /** Calls the hook with the failure, the earlier one and itself, which are on the stack. */
        abstract void fail();
    }

    private static final class GetConnection extends Opening {

        private final boolean withCredentials;

        GetConnection(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            this(next, owner, file, method, method.descriptor.startsWith(HandOut.CREDENTIALS));
        }

        private GetConnection(
                MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, boolean withCredentials) {
            super(next, owner, file, method, withCredentials ? new String[] {STRING, STRING} : new String[0]);
            this.withCredentials = withCredentials;
        }

        @Override
        void atEntry() {
            keep(withCredentials ? 2 : 0);
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
            super.visitVarInsn(Opcodes.ALOAD, fresh(SELF));
            callHook("exitDataSource", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void fail() {
            callHook(
                    "failDataSource",
                    "(Ljava/lang/Throwable;Ljava/lang/Throwable;Ljava/lang/Object;)Ljava/lang/Throwable;");
        }
    }

    private static final class Connect extends Opening {

        Connect(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            super(next, owner, file, method, STRING, "java/util/Properties");
        }

        @Override
        void atEntry() {
            keep(2);
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
            super.visitVarInsn(Opcodes.ALOAD, fresh(SELF));
            callHook("exitDriver", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void fail() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(SELF + 1));
            callHook(
                    "failDriver",
                    "(Ljava/lang/Throwable;Ljava/lang/Throwable;Ljava/lang/Object;Ljava/lang/String;)"
                            + "Ljava/lang/Throwable;");
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

package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate 5 and 6: where a session begins and ends, and the two places every flush goes through. A version that has a
 * point elsewhere runs without it.
 */
final class HibernateWeaver extends Weaver {

    // PoolwrightHook's constants, which this class cannot name: it is linked before the hook exists.
    private static final int OPENED = 1;
    private static final int CLOSED = 2;
    private static final int FLUSH = 3;
    private static final int COMMIT_FLUSH = 4;

    private static final String SESSION = "org/hibernate/internal/SessionImpl";
    private static final String SESSION_BASE = "org/hibernate/internal/AbstractSharedSessionContract";
    private static final String FLUSHING = "org/hibernate/event/internal/AbstractFlushingEventListener";

    static boolean concerns(String type) {
        return type.startsWith("org/hibernate/")
                && (type.equals(SESSION) || type.equals(SESSION_BASE) || type.equals(FLUSHING));
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
                if (owner.equals(SESSION) && name.equals("<init>")) {
                    return new Opened(next);
                }
                ClassFile.Method method = file.method(name, descriptor);
                Point point = method == null ? null : point(owner, name, descriptor);
                return method == null || point == null ? next : new AtPoint(next, owner, file, method, point);
            }
        };
    }

    private static @Nullable Point point(String owner, String name, String descriptor) {
        String method = owner + '.' + name + descriptor;
        switch (method) {
            case SESSION_BASE + ".close()V":
                return new Point(CLOSED, 0, -1);
            case SESSION + ".flushBeforeTransactionCompletion()V":
                return new Point(COMMIT_FLUSH, 0, -1);
            case FLUSHING + ".performExecutions(Lorg/hibernate/event/spi/EventSource;)V":
                return new Point(FLUSH, 1, 0);
            default:
                return null;
        }
    }

    /** A method with its number in the hook, the variable that holds the session and that of the argument, if any. */
    private static final class Point {
        final int number;
        final int session;
        final int argument;

        Point(int number, int session, int argument) {
            this.number = number;
            this.session = session;
            this.argument = argument;
        }
    }

    /** Keeps the session and the token. */
    private static final class AtPoint extends AroundMethod {

        private final Point point;

        AtPoint(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, Point point) {
            super(next, owner, file, method, "java/lang/Object", "java/lang/Object");
            this.point = point;
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, point.session);
            super.visitVarInsn(Opcodes.ASTORE, fresh(0));
            super.visitIntInsn(Opcodes.BIPUSH, point.number);
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            if (point.argument < 0) {
                super.visitInsn(Opcodes.ACONST_NULL);
            } else {
                super.visitVarInsn(Opcodes.ALOAD, point.argument);
            }
            callHook("sessionEntered", "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            super.visitVarInsn(Opcodes.ASTORE, fresh(1));
        }

        @Override
        void atReturn() {
            super.visitInsn(Opcodes.ACONST_NULL);
            left();
        }

        @Override
        void atThrow() {
            super.visitInsn(Opcodes.DUP);
            left();
        }

        /** The throwable, or null, is on the stack. */
        private void left() {
            int thrown = fresh(2);
            super.visitVarInsn(Opcodes.ASTORE, thrown);
            super.visitIntInsn(Opcodes.BIPUSH, point.number);
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            super.visitVarInsn(Opcodes.ALOAD, fresh(1));
            super.visitVarInsn(Opcodes.ALOAD, thrown);
            callHook("sessionLeft", LEFT);
        }
    }

    private static final String LEFT = "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

    private static final class Opened extends MethodVisitor {

        Opened(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                super.visitIntInsn(Opcodes.BIPUSH, OPENED);
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "sessionLeft", LEFT, false);
            }
            super.visitInsn(opcode);
        }
    }
}

package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Hibernate 5 and 6: where a session begins and ends, and the two places every flush goes through. A version that has a
 * {@link HibernatePoint} elsewhere runs without it.
 */
final class HibernateWeaver extends Weaver {

    private static final String LEFT = "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

    static byte[] woven(ClassFile file, byte[] bytes) {
        return new HibernateWeaver().weave(file, bytes);
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
                if (owner.equals(HibernatePoint.SESSION) && name.equals("<init>")) {
                    return new Opened(next);
                }
                ClassFile.Method method = file.method(name, descriptor);
                HibernatePoint point = HibernatePoint.of(owner, name, descriptor);
                return method == null || point == null ? next : new AtPoint(next, owner, file, method, point);
            }
        };
    }

    /** Keeps the session and the token. */
    private static final class AtPoint extends AroundMethod {

        private final HibernatePoint point;

        AtPoint(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, HibernatePoint point) {
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

    private static final class Opened extends MethodVisitor {

        Opened(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                super.visitIntInsn(Opcodes.BIPUSH, HibernatePoint.OPENED);
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "sessionLeft", LEFT, false);
            }
            super.visitInsn(opcode);
        }
    }
}

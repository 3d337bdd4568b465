package dev.poolwright.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The class of a connection or statement of somebody else's, or one of its superclasses: the {@link ObservedMethod}s that
 * it declares. Changes bodies only, so that a loaded class can be replaced.
 */
final class ObservedWeaver extends Weaver {

    /** PoolwrightHook's constants; that class cannot be named here, we are linked before it exists. */
    private static final int CALL_COMMIT = 1;

    private static final int CALL_ROLLBACK = 2;
    private static final int CALL_ROLLBACK_TO_SAVEPOINT = 3;
    private static final int CALL_SET_AUTO_COMMIT = 4;
    private static final int CALL_BATCH = 5;

    private static final String OBJECT = "(Ljava/lang/Object;)V";

    private final int parts;

    private ObservedWeaver(int parts) {
        this.parts = parts;
    }

    static byte[] woven(ClassFile file, byte[] bytes, int parts) {
        return new ObservedWeaver(parts).weave(file, bytes);
    }

    /** Whether there is anything to weave. */
    static boolean isIn(ClassFile file, int parts) {
        for (ClassFile.Method method : file.methods()) {
            if (ObservedMethod.of(method, parts) != ObservedMethod.NONE) {
                return true;
            }
        }
        return false;
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
                return method == null ? next : woven(next, method);
            }

            private MethodVisitor woven(MethodVisitor next, ClassFile.Method method) {
                switch (ObservedMethod.of(method, parts)) {
                    case CLOSES:
                        return new AtBegin(next, "connectionCloses");
                    case RUNS:
                        return new AtBegin(next, "statementRuns");
                    case MAKES_STATEMENT:
                        return new Made(next);
                    case COMMIT:
                        return new Call(next, owner, file, method, CALL_COMMIT);
                    case ROLLBACK:
                        return new Call(next, owner, file, method, CALL_ROLLBACK);
                    case ROLLBACK_TO_SAVEPOINT:
                        return new Call(next, owner, file, method, CALL_ROLLBACK_TO_SAVEPOINT);
                    case SET_AUTO_COMMIT:
                        return new Call(next, owner, file, method, CALL_SET_AUTO_COMMIT);
                    case BATCH:
                        return new Call(next, owner, file, method, CALL_BATCH);
                    default:
                        return next;
                }
            }
        };
    }

    private static final class AtBegin extends MethodVisitor {

        private final String told;

        AtBegin(MethodVisitor next, String told) {
            super(API, next);
            this.told = told;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, told, OBJECT, false);
        }
    }

    private static final class Made extends MethodVisitor {

        Made(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "statementMade", OBJECT, false);
            }
            super.visitInsn(opcode);
        }
    }

    /** Keeps the object and the token. */
    private static final class Call extends AroundMethod {

        private static final String LEFT =
                "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

        private final int call;

        Call(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, int call) {
            super(next, owner, file, method, owner, "java/lang/Object");
            this.call = call;
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitVarInsn(Opcodes.ASTORE, fresh(0));
            super.visitIntInsn(Opcodes.BIPUSH, call);
            super.visitVarInsn(Opcodes.ALOAD, 0);
            if (call == CALL_SET_AUTO_COMMIT) {
                super.visitVarInsn(Opcodes.ILOAD, 1);
            } else {
                super.visitInsn(Opcodes.ICONST_1);
            }
            callHook("callEntered", "(ILjava/lang/Object;Z)Ljava/lang/Object;");
            super.visitVarInsn(Opcodes.ASTORE, fresh(1));
        }

        @Override
        void atReturn() {
            super.visitInsn(call == CALL_BATCH ? Opcodes.DUP : Opcodes.ACONST_NULL);
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            super.visitVarInsn(Opcodes.ALOAD, fresh(1));
            super.visitInsn(Opcodes.ACONST_NULL);
            callHook("callLeft", LEFT);
        }

        @Override
        void atThrow() {
            int thrown = fresh(2);
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ASTORE, thrown);
            super.visitInsn(Opcodes.ACONST_NULL);
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            super.visitVarInsn(Opcodes.ALOAD, fresh(1));
            super.visitVarInsn(Opcodes.ALOAD, thrown);
            callHook("callLeft", LEFT);
        }
    }
}

package dev.poolwright.weave;

import java.nio.charset.StandardCharsets;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Any class that declares a method by which a DataSource, an XADataSource or a ConnectionPoolDataSource hands out. What
 * it really is, the hook finds out when it is called: looking for its supertypes here would load them.
 */
final class DataSourceWeaver extends Weaver {

    private static final String CREDENTIALS = "(Ljava/lang/String;Ljava/lang/String;)";
    private static final String CONNECTION = "Ljava/sql/Connection;";
    private static final String XA = "Ljavax/sql/XAConnection;";
    private static final String POOLED = "Ljavax/sql/PooledConnection;";

    private static final byte[][] DESCRIPTORS = {
        bytes("()" + CONNECTION),
        bytes(CREDENTIALS + CONNECTION),
        bytes("()" + XA),
        bytes(CREDENTIALS + XA),
        bytes("()" + POOLED),
        bytes(CREDENTIALS + POOLED)
    };

    /** Whether the class might be woven; wrong only in saying yes too often. */
    static boolean mayConcern(byte[] bytes) {
        return ClassFile.mentions(bytes, DESCRIPTORS);
    }

    static boolean concerns(ClassFile file) {
        for (ClassFile.Method method : file.methods()) {
            if (isGetConnection(method) || isRaw(method)) {
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
                if (method == null) {
                    return next;
                }
                if (isGetConnection(method)) {
                    return new GetConnection(next, owner, file, method);
                }
                return isRaw(method) ? new GetRaw(next, owner, file, method) : next;
            }
        };
    }

    private static boolean isGetConnection(ClassFile.Method method) {
        return method.name.equals("getConnection") && isHandOut(method, CONNECTION);
    }

    private static boolean isRaw(ClassFile.Method method) {
        return (method.name.equals("getXAConnection") && isHandOut(method, XA))
                || (method.name.equals("getPooledConnection") && isHandOut(method, POOLED));
    }

    private static boolean isHandOut(ClassFile.Method method, String type) {
        return (method.access & Opcodes.ACC_STATIC) == 0
                && (method.descriptor.equals("()" + type) || method.descriptor.equals(CREDENTIALS + type));
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class GetConnection extends AroundMethod {

        private final boolean withCredentials;

        GetConnection(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method) {
            super(next, owner, file, method, owner);
            withCredentials = method.descriptor.startsWith(CREDENTIALS);
        }

        @Override
        void atEntry() {
            super.visitVarInsn(Opcodes.ALOAD, 0);
            super.visitInsn(Opcodes.DUP);
            super.visitVarInsn(Opcodes.ASTORE, fresh(0));
            if (withCredentials) {
                super.visitVarInsn(Opcodes.ALOAD, 1);
                super.visitVarInsn(Opcodes.ALOAD, 2);
                super.visitInsn(Opcodes.ICONST_1);
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ACONST_NULL);
                super.visitInsn(Opcodes.ICONST_0);
            }
            callHook("enterDataSource", "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Z)" + CONNECTION);
            returnVerdict();
        }

        @Override
        void atReturn() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("exitDataSource", "(" + CONNECTION + "Ljava/lang/Object;)" + CONNECTION);
        }

        @Override
        void atThrow() {
            super.visitVarInsn(Opcodes.ALOAD, fresh(0));
            callHook("leaveDataSource", "(Ljava/lang/Object;)V");
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

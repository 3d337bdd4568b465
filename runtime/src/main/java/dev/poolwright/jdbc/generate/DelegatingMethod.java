package dev.poolwright.jdbc.generate;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ATHROW;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.F_FULL;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;

import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.StatementHandle;
import dev.poolwright.jdbc.ValueHandle;
import dev.poolwright.jdbc.Wrapping;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Generates one method of a handle:
 *
 * <pre>{@code
 * int call = guard.beginCall();
 * try {
 *     result = wrap(raw.method(raw(argument), ..));
 * } catch (Throwable failure) {
 *     throw guard.failCall(call, failure);
 * }
 * guard.endCall(call);
 * return result;
 * }</pre>
 */
final class DelegatingMethod {

    private static final String GUARD = "dev/poolwright/jdbc/ConnectionHandle";
    private static final String HANDLE = "dev/poolwright/jdbc/Handle";
    private static final String STATEMENT = "dev/poolwright/jdbc/StatementHandle";
    private static final String WRAPPING = "dev/poolwright/jdbc/Wrapping";
    private static final String OBJECT = "java/lang/Object";

    private final ClassWriter writer;
    private final HandleShape shape;
    private final String handleName;
    private final Method method;
    private final Type[] arguments;
    private final Type result;
    private final String delegate;
    private final int callLocal;
    private final boolean onConnection;

    DelegatingMethod(ClassWriter writer, HandleShape shape, String handleName, Method method) {
        this.writer = writer;
        this.shape = shape;
        this.handleName = handleName;
        this.method = method;
        this.arguments = Type.getArgumentTypes(method);
        this.result = Type.getReturnType(method);
        this.delegate = Type.getInternalName(shape.delegate());
        this.onConnection = shape.parent() == ConnectionHandle.class;
        int local = 1;
        for (Type argument : arguments) {
            local += argument.getSize();
        }
        this.callLocal = local;
    }

    void generate() {
        MethodVisitor code =
                writer.visitMethod(ACC_PUBLIC, method.getName(), Type.getMethodDescriptor(method), null, exceptions());
        code.visitCode();
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        guard(code);
        code.visitMethodInsn(
                INVOKEVIRTUAL, GUARD, CallKind.of(shape.parent(), method).begin(), "()I", false);
        code.visitVarInsn(ISTORE, callLocal);
        code.visitLabel(start);
        callAndWrap(code);
        afterSuccess(code);
        code.visitLabel(end);
        guard(code);
        code.visitVarInsn(ILOAD, callLocal);
        code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "endCall", "(I)V", false);
        code.visitInsn(result.getOpcode(IRETURN));
        code.visitLabel(failed);
        failureFrame(code);
        code.visitVarInsn(ASTORE, callLocal + 1);
        guard(code);
        code.visitVarInsn(ILOAD, callLocal);
        code.visitVarInsn(ALOAD, callLocal + 1);
        code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "failCall", "(ILjava/lang/Throwable;)Ljava/lang/Throwable;", false);
        code.visitInsn(ATHROW);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private String[] exceptions() {
        Class<?>[] declared = method.getExceptionTypes();
        String[] names = new String[declared.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = Type.getInternalName(declared[i]);
        }
        return names;
    }

    private void guard(MethodVisitor code) {
        code.visitVarInsn(ALOAD, 0);
        if (!onConnection) {
            code.visitMethodInsn(INVOKEVIRTUAL, handleName, "poolwrightGuard", "()L" + GUARD + ";", false);
        }
    }

    private void callAndWrap(MethodVisitor code) {
        String wrapper = wrapper();
        if (wrapper != null) {
            guard(code);
        }
        code.visitVarInsn(ALOAD, 0);
        code.visitFieldInsn(GETFIELD, handleName, "raw", "L" + delegate + ";");
        Class<?> owner = method.getDeclaringClass();
        boolean throughClass = !shape.delegate().isInterface() && owner.isAssignableFrom(shape.delegate());
        if (!owner.isAssignableFrom(shape.delegate())) {
            code.visitTypeInsn(CHECKCAST, Type.getInternalName(owner));
        }
        pushArguments(code);
        code.visitMethodInsn(
                throughClass ? INVOKEVIRTUAL : INVOKEINTERFACE,
                throughClass ? delegate : Type.getInternalName(owner),
                method.getName(),
                Type.getMethodDescriptor(method),
                !throughClass);
        if (wrapper != null) {
            pushStatement(code);
            code.visitVarInsn(ILOAD, callLocal);
            code.visitMethodInsn(
                    INVOKESTATIC,
                    WRAPPING,
                    wrapper,
                    "(L" + GUARD + ";L" + OBJECT + ";L" + STATEMENT + ";I)L" + OBJECT + ";",
                    false);
            if (!result.getInternalName().equals(OBJECT)) {
                code.visitTypeInsn(CHECKCAST, result.getInternalName());
            }
        }
    }

    private void pushArguments(MethodVisitor code) {
        int local = 1;
        Class<?>[] types = method.getParameterTypes();
        for (int i = 0; i < arguments.length; i++) {
            Type argument = arguments[i];
            code.visitVarInsn(argument.getOpcode(ILOAD), local);
            if (types[i] == Object[].class) {
                code.visitMethodInsn(INVOKESTATIC, HANDLE, "raw", "([L" + OBJECT + ";)[L" + OBJECT + ";", true);
            } else if (types[i] == Object.class || types[i].isInterface()) {
                code.visitMethodInsn(INVOKESTATIC, HANDLE, "raw", "(L" + OBJECT + ";)L" + OBJECT + ";", true);
                if (types[i] != Object.class) {
                    code.visitTypeInsn(CHECKCAST, argument.getInternalName());
                }
            }
            local += argument.getSize();
        }
    }

    /** The statement the result belongs to: the one this is called on; what a row holds is not a result of its own. */
    private void pushStatement(MethodVisitor code) {
        if (shape.parent() == StatementHandle.class) {
            code.visitVarInsn(ALOAD, 0);
        } else {
            code.visitInsn(ACONST_NULL);
        }
    }

    /** Which method of {@link Wrapping} looks at the result, or null if it is a plain value. */
    private @Nullable String wrapper() {
        Class<?> type = method.getReturnType();
        if (type.isPrimitive() || type == String.class) {
            return null;
        }
        if (type.isInterface() && Statement.class.isAssignableFrom(type)) {
            return "statement";
        }
        if (type.isInterface() && ResultSet.class.isAssignableFrom(type)) {
            return "resultSet";
        }
        if (type == Connection.class) {
            return "connection";
        }
        if (type.isInterface() && ValueHandle.interfaceOf(type) != null) {
            return "value";
        }
        if (type == Object.class) {
            return "object";
        }
        return Wrapping.mayHoldConnection(type) ? "other" : null;
    }

    private void afterSuccess(MethodVisitor code) {
        if (CallKind.changesSession(shape.parent(), method)) {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "poolwrightChanged", "()V", false);
        }
        if (shape.parent() != StatementHandle.class) {
            return;
        }
        if (method.getName().equals("addBatch")) {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKEVIRTUAL, STATEMENT, "poolwrightBatched", "()V", false);
        } else if (method.getName().equals("clearBatch")) {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKEVIRTUAL, STATEMENT, "poolwrightBatchCleared", "()V", false);
        }
    }

    /** The locals at the handler: this, the arguments, the call. */
    private void failureFrame(MethodVisitor code) {
        Object[] locals = new Object[arguments.length + 2];
        locals[0] = handleName;
        for (int i = 0; i < arguments.length; i++) {
            locals[i + 1] = frameType(arguments[i]);
        }
        locals[arguments.length + 1] = Opcodes.INTEGER;
        code.visitFrame(F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
    }

    private static Object frameType(Type type) {
        switch (type.getSort()) {
            case Type.LONG:
                return Opcodes.LONG;
            case Type.DOUBLE:
                return Opcodes.DOUBLE;
            case Type.FLOAT:
                return Opcodes.FLOAT;
            case Type.ARRAY:
            case Type.OBJECT:
                return type.getInternalName();
            default:
                return Opcodes.INTEGER;
        }
    }
}

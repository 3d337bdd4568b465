package dev.poolwright.jdbc.generate;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACONST_NULL;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ASTORE;
import static net.bytebuddy.jar.asm.Opcodes.ATHROW;
import static net.bytebuddy.jar.asm.Opcodes.CHECKCAST;
import static net.bytebuddy.jar.asm.Opcodes.DRETURN;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.FRETURN;
import static net.bytebuddy.jar.asm.Opcodes.F_FULL;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.ILOAD;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEINTERFACE;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESTATIC;
import static net.bytebuddy.jar.asm.Opcodes.INVOKEVIRTUAL;
import static net.bytebuddy.jar.asm.Opcodes.IRETURN;
import static net.bytebuddy.jar.asm.Opcodes.ISTORE;
import static net.bytebuddy.jar.asm.Opcodes.LRETURN;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.MetaDataHandle;
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
    private static final String CHILD = "dev/poolwright/jdbc/ChildHandle";
    private static final String METADATA = "dev/poolwright/jdbc/MetaDataHandle";
    private static final String HANDLE = "dev/poolwright/jdbc/Handle";
    private static final String STATEMENT = "dev/poolwright/jdbc/StatementHandle";
    private static final String WRAPPING = "dev/poolwright/jdbc/Wrapping";
    private static final String VERDICT = "Ldev/poolwright/sql/Verdict;";
    private static final String OBJECT = "java/lang/Object";

    private final ClassWriter writer;
    private final HandleShape shape;
    private final String handleName;
    private final String delegate;
    private final Method method;
    private final String descriptor;
    private final Class<?>[] arguments;
    private final Class<?> result;
    private final int callLocal;
    private final boolean onConnection;

    /**
     * @param handleName internal name of the class that is generated
     * @param delegate internal name of {@link HandleShape#delegate}
     * @param descriptor of {@code method}; asked for here, as there are hundreds and this runs in the interpreter
     */
    DelegatingMethod(
            ClassWriter writer,
            HandleShape shape,
            String handleName,
            String delegate,
            Method method,
            String descriptor) {
        this.writer = writer;
        this.shape = shape;
        this.handleName = handleName;
        this.delegate = delegate;
        this.method = method;
        this.descriptor = descriptor;
        this.arguments = method.getParameterTypes();
        this.result = method.getReturnType();
        this.onConnection = shape.parent() == ConnectionHandle.class;
        int local = 1;
        for (Class<?> argument : arguments) {
            local += sizeOf(argument);
        }
        this.callLocal = local;
    }

    void generate() {
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, method.getName(), descriptor, null, exceptions());
        code.visitCode();
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        if (givesText()) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, 1);
            code.visitMethodInsn(
                    INVOKEVIRTUAL,
                    onConnection ? GUARD : STATEMENT,
                    "poolwrightLooks",
                    "(Ljava/lang/String;)" + VERDICT,
                    false);
            code.visitVarInsn(ASTORE, callLocal + 2);
        }
        if (runsText()) {
            tellText(code, "poolwrightRuns");
        } else if (runsPrepared()) {
            tell(code, "poolwrightRunsPrepared");
        }
        begin(code);
        code.visitVarInsn(ISTORE, callLocal);
        code.visitLabel(start);
        if (givesText()) {
            code.visitVarInsn(ALOAD, 0);
            code.visitVarInsn(ALOAD, callLocal + 2);
            code.visitVarInsn(ILOAD, callLocal);
            code.visitMethodInsn(
                    INVOKEVIRTUAL, onConnection ? GUARD : STATEMENT, "poolwrightGives", "(" + VERDICT + "I)V", false);
        }
        callAndWrap(code);
        afterSuccess(code);
        code.visitLabel(end);
        guard(code);
        code.visitVarInsn(ILOAD, callLocal);
        code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "endCall", "(I)V", false);
        code.visitInsn(IRETURN + variant(result));
        code.visitLabel(failed);
        failureFrame(code);
        code.visitVarInsn(ASTORE, callLocal + 1);
        guard(code);
        code.visitVarInsn(ILOAD, callLocal);
        code.visitVarInsn(ALOAD, callLocal + 1);
        code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "failCall", "(ILjava/lang/Throwable;)Ljava/lang/Throwable;", false);
        code.visitInsn(ATHROW);
        // The deepest: the guard, the driver's object and the arguments; or a result of two beneath the wrapper's four.
        code.visitMaxs(Math.max(6, callLocal + 1), callLocal + 3);
        code.visitEnd();
    }

    private void begin(MethodVisitor code) {
        String begin = CallKind.of(shape.parent(), method).begin();
        code.visitVarInsn(ALOAD, 0);
        if (onConnection) {
            code.visitMethodInsn(INVOKEVIRTUAL, GUARD, begin, "()I", false);
        } else {
            code.visitLdcInsn(method.getName()); // what may still be asked after the close depends on it
            code.visitMethodInsn(INVOKEVIRTUAL, CHILD, begin, "(Ljava/lang/String;)I", false);
        }
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
        pushDriver(code);
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
                descriptor,
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
            if (result != Object.class) {
                code.visitTypeInsn(CHECKCAST, Type.getInternalName(result));
            }
        }
    }

    private void pushDriver(MethodVisitor code) {
        boolean asksClosed = onConnection || shape.parent() == MetaDataHandle.class;
        code.visitVarInsn(ALOAD, 0);
        if (asksClosed) {
            code.visitVarInsn(ILOAD, callLocal);
            code.visitVarInsn(ALOAD, 0);
        }
        if (onConnection) {
            code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "poolwrightRaw", "()Ljava/sql/Connection;", false);
        } else {
            code.visitFieldInsn(GETFIELD, handleName, "raw", "L" + delegate + ";");
        }
        if (asksClosed) {
            code.visitMethodInsn(
                    INVOKEVIRTUAL,
                    onConnection ? GUARD : METADATA,
                    "poolwrightDriver",
                    "(IL" + OBJECT + ";)L" + OBJECT + ";",
                    false);
            code.visitTypeInsn(CHECKCAST, delegate);
        }
    }

    private void pushArguments(MethodVisitor code) {
        int local = 1;
        for (Class<?> argument : arguments) {
            code.visitVarInsn(ILOAD + variant(argument), local);
            if (argument == Object[].class) {
                code.visitMethodInsn(INVOKESTATIC, HANDLE, "raw", "([L" + OBJECT + ";)[L" + OBJECT + ";", true);
            } else if (argument == Object.class || argument.isInterface()) {
                code.visitMethodInsn(INVOKESTATIC, HANDLE, "raw", "(L" + OBJECT + ";)L" + OBJECT + ";", true);
                if (argument != Object.class) {
                    code.visitTypeInsn(CHECKCAST, Type.getInternalName(argument));
                }
            }
            local += sizeOf(argument);
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
        if (result.isPrimitive() || result == String.class) {
            return null;
        }
        if (result.isInterface() && Statement.class.isAssignableFrom(result)) {
            return "statement";
        }
        if (result.isInterface() && ResultSet.class.isAssignableFrom(result)) {
            return "resultSet";
        }
        if (result == Connection.class) {
            return "connection";
        }
        if (result.isInterface() && ValueHandle.interfaceOf(result) != null) {
            return "value";
        }
        if (result == Object.class) {
            return "object";
        }
        return Wrapping.mayHoldConnection(result) ? "other" : null;
    }

    private void afterSuccess(MethodVisitor code) {
        if (CallKind.changesSession(shape.parent(), method)) {
            code.visitVarInsn(ALOAD, 0);
            code.visitMethodInsn(INVOKEVIRTUAL, GUARD, "poolwrightChanged", "()V", false);
        }
        if (prepares() && givesText()) {
            code.visitInsn(DUP);
            code.visitVarInsn(ALOAD, callLocal + 2);
            code.visitMethodInsn(
                    INVOKESTATIC, STATEMENT, "poolwrightPrepared", "(L" + OBJECT + ";" + VERDICT + ")V", false);
        }
        if (shape.parent() != StatementHandle.class) {
            return;
        }
        if (runsText()) {
            tellText(code, "poolwrightRan");
        } else if (runsPrepared()) {
            tell(code, "poolwrightRanPrepared");
        } else if (method.getName().equals("addBatch")) {
            if (takesText()) {
                tellText(code, "poolwrightBatched");
            } else {
                tell(code, "poolwrightBatched");
            }
        } else if (method.getName().equals("clearBatch")) {
            tell(code, "poolwrightBatchCleared");
        }
    }

    private boolean takesText() {
        return arguments.length > 0 && arguments[0] == String.class;
    }

    /** Whether this prepares its first argument as SQL. */
    private boolean prepares() {
        return onConnection && takesText() && "statement".equals(wrapper());
    }

    /** Whether this runs its first argument as SQL. */
    private boolean runsText() {
        return shape.parent() == StatementHandle.class
                && takesText()
                && method.getName().startsWith("execute");
    }

    /** Whether the first argument is SQL that is prepared, run or put into a batch, by a method of JDBC's or the vendor's. */
    private boolean givesText() {
        if (arguments.length == 0 || arguments[0] != String.class) {
            return false;
        }
        String name = method.getName();
        if (shape.parent() == StatementHandle.class) {
            return name.startsWith("exec") || name.equals("addBatch");
        }
        return onConnection && (name.startsWith("exec") || name.contains("repare"));
    }

    /** Whether this runs what was prepared; a batch is written by hand. */
    private boolean runsPrepared() {
        return shape.parent() == StatementHandle.class
                && arguments.length == 0
                && method.getName().startsWith("execute");
    }

    private static void tell(MethodVisitor code, String toMethod) {
        code.visitVarInsn(ALOAD, 0);
        code.visitMethodInsn(INVOKEVIRTUAL, STATEMENT, toMethod, "()V", false);
    }

    /** What was seen in the text; behind the call and what it threw. */
    private void tellText(MethodVisitor code, String toMethod) {
        code.visitVarInsn(ALOAD, 0);
        code.visitVarInsn(ALOAD, callLocal + 2);
        code.visitMethodInsn(INVOKEVIRTUAL, STATEMENT, toMethod, "(" + VERDICT + ")V", false);
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

    private static Object frameType(Class<?> type) {
        if (type == long.class) {
            return Opcodes.LONG;
        }
        if (type == double.class) {
            return Opcodes.DOUBLE;
        }
        if (type == float.class) {
            return Opcodes.FLOAT;
        }
        return type.isPrimitive() ? Opcodes.INTEGER : Type.getInternalName(type);
    }

    private static int sizeOf(Class<?> type) {
        return type == long.class || type == double.class ? 2 : 1;
    }

    /** What to add to an opcode for int to get the one for this type; for IRETURN also that of void. */
    private static int variant(Class<?> type) {
        if (!type.isPrimitive()) {
            return ARETURN - IRETURN;
        }
        if (type == long.class) {
            return LRETURN - IRETURN;
        }
        if (type == double.class) {
            return DRETURN - IRETURN;
        }
        if (type == float.class) {
            return FRETURN - IRETURN;
        }
        return type == void.class ? RETURN - IRETURN : 0;
    }
}

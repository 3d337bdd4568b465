package dev.poolwright.jdbc.generate;

import static dev.poolwright.classfile.Code.ACONST_NULL;
import static dev.poolwright.classfile.Code.ATHROW;
import static dev.poolwright.classfile.Code.CHECKCAST;
import static dev.poolwright.classfile.Code.DUP;
import static dev.poolwright.classfile.Code.GETFIELD;
import static dev.poolwright.classfile.Code.INVOKESTATIC;
import static dev.poolwright.classfile.Code.INVOKEVIRTUAL;

import dev.poolwright.classfile.Bytes;
import dev.poolwright.classfile.Code;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.MetaDataHandle;
import dev.poolwright.jdbc.StatementHandle;
import dev.poolwright.jdbc.ValueHandle;
import dev.poolwright.jdbc.Wrapping;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
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

    private static final String HANDLE = "dev/poolwright/jdbc/Handle";
    private static final String STATEMENT = "dev/poolwright/jdbc/StatementHandle";
    private static final String WRAPPING = "dev/poolwright/jdbc/Wrapping";
    private static final String VERDICT = "Ldev/poolwright/sql/Verdict;";
    private static final String OBJECT = HandleConstants.OBJECT;

    private static final int FULL_FRAME = 255;
    private static final int OBJECT_TYPE = 7;

    private final HandleConstants constants;
    private final HandleShape shape;
    private final Method method;
    private final String descriptor;
    private final Class<?>[] arguments;
    private final Class<?> result;
    private final int callLocal;
    private final boolean onConnection;

    /** @param descriptor of {@code method}; asked for here, as there are hundreds and this runs in the interpreter */
    DelegatingMethod(HandleConstants constants, HandleShape shape, Method method, String descriptor) {
        this.constants = constants;
        this.shape = shape;
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

    void generate(Bytes methods) {
        Class<?>[] thrown = method.getExceptionTypes();
        methods.u2(Modifier.PUBLIC)
                .u2(constants.pool.utf8(method.getName()))
                .u2(constants.pool.utf8(descriptor))
                .u2(thrown.length == 0 ? 1 : 2);
        // The deepest: the guard, the driver's object and the arguments; or a result of two beneath the wrapper's four.
        methods.u2(constants.code).u4(0).u2(Math.max(6, callLocal + 1)).u2(callLocal + 3);
        int length = methods.length();
        methods.u4(0);
        Code code = new Code(methods);
        if (givesText()) {
            code.load('A', 0)
                    .load('A', 1)
                    .op(
                            INVOKEVIRTUAL,
                            constants.pool.method(teller(), "poolwrightLooks", "(Ljava/lang/String;)" + VERDICT))
                    .store('A', callLocal + 2);
        }
        if (runsText()) {
            tellText(code, "poolwrightRuns");
        } else if (runsPrepared()) {
            tell(code, "poolwrightRunsPrepared");
        }
        begin(code);
        code.store('I', callLocal);
        int start = code.at();
        if (givesText()) {
            code.load('A', 0)
                    .load('A', callLocal + 2)
                    .load('I', callLocal)
                    .op(INVOKEVIRTUAL, constants.pool.method(teller(), "poolwrightGives", "(" + VERDICT + "I)V"));
        }
        callAndWrap(code);
        afterSuccess(code);
        int end = code.at();
        guard(code);
        code.load('I', callLocal).op(INVOKEVIRTUAL, constants.endCall).returnOf(letterOf(result));
        int failed = code.at();
        code.store('A', callLocal + 1);
        guard(code);
        code.load('I', callLocal)
                .load('A', callLocal + 1)
                .op(INVOKEVIRTUAL, constants.failCall)
                .op(ATHROW);
        methods.set4(length, code.at());
        methods.u2(1).u2(start).u2(end).u2(failed).u2(constants.throwable);
        methods.u2(1);
        failureFrame(methods, failed);
        methods.set4(length - 8, methods.length() - length + 4);
        if (thrown.length > 0) {
            methods.u2(constants.exceptions).u4(2 + 2 * thrown.length).u2(thrown.length);
            for (Class<?> type : thrown) {
                methods.u2(constants.type(type));
            }
        }
    }

    private void begin(Code code) {
        code.load('A', 0);
        if (!onConnection) {
            code.ldc(constants.pool.string(method.getName())); // what may still be asked after the close depends on it
        }
        code.op(INVOKEVIRTUAL, constants.begin(CallKind.of(shape.parent(), method)));
    }

    private void guard(Code code) {
        code.load('A', 0);
        if (!onConnection) {
            code.op(INVOKEVIRTUAL, constants.guard);
        }
    }

    private void callAndWrap(Code code) {
        String wrapper = wrapper();
        if (wrapper != null) {
            guard(code);
        }
        pushDriver(code);
        Class<?> owner = method.getDeclaringClass();
        boolean known = owner.isAssignableFrom(shape.delegate());
        if (!known) {
            code.op(CHECKCAST, constants.type(owner));
        }
        pushArguments(code);
        if (known && !shape.delegate().isInterface()) {
            code.op(INVOKEVIRTUAL, constants.pool.method(shape.delegateName(), method.getName(), descriptor));
        } else {
            code.invokeInterface(
                    constants.pool.interfaceMethod(Descriptors.internalName(owner), method.getName(), descriptor),
                    callLocal);
        }
        if (wrapper != null) {
            pushStatement(code);
            code.load('I', callLocal)
                    .op(
                            INVOKESTATIC,
                            constants.pool.method(
                                    WRAPPING,
                                    wrapper,
                                    "(L" + HandleConstants.GUARD + ";L" + OBJECT + ";L" + STATEMENT + ";I)L" + OBJECT
                                            + ";"));
            if (result != Object.class) {
                code.op(CHECKCAST, constants.type(result));
            }
        }
    }

    private void pushDriver(Code code) {
        boolean asksClosed = onConnection || shape.parent() == MetaDataHandle.class;
        code.load('A', 0);
        if (asksClosed) {
            code.load('I', callLocal).load('A', 0);
        }
        if (onConnection) {
            code.op(INVOKEVIRTUAL, constants.connection);
        } else {
            code.op(GETFIELD, constants.raw);
        }
        if (asksClosed) {
            code.op(INVOKEVIRTUAL, constants.driver).op(CHECKCAST, constants.delegate);
        }
    }

    private void pushArguments(Code code) {
        int local = 1;
        for (Class<?> argument : arguments) {
            code.load(letterOf(argument), local);
            if (argument == Object[].class) {
                code.op(
                        INVOKESTATIC,
                        constants.pool.interfaceMethod(HANDLE, "raw", "([L" + OBJECT + ";)[L" + OBJECT + ";"));
            } else if (argument == Object.class || argument.isInterface()) {
                code.op(
                        INVOKESTATIC,
                        constants.pool.interfaceMethod(HANDLE, "raw", "(L" + OBJECT + ";)L" + OBJECT + ";"));
                if (argument != Object.class) {
                    code.op(CHECKCAST, constants.type(argument));
                }
            }
            local += sizeOf(argument);
        }
    }

    /** The statement the result belongs to: the one this is called on; what a row holds is not a result of its own. */
    private void pushStatement(Code code) {
        if (shape.parent() == StatementHandle.class) {
            code.load('A', 0);
        } else {
            code.op(ACONST_NULL);
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

    private void afterSuccess(Code code) {
        if (CallKind.changesSession(shape.parent(), method)) {
            code.load('A', 0)
                    .op(INVOKEVIRTUAL, constants.pool.method(HandleConstants.GUARD, "poolwrightChanged", "()V"));
        }
        if (prepares() && givesText()) {
            code.op(DUP)
                    .load('A', callLocal + 2)
                    .op(
                            INVOKESTATIC,
                            constants.pool.method(
                                    STATEMENT, "poolwrightPrepared", "(L" + OBJECT + ";" + VERDICT + ")V"));
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

    /** Who is told of texts. */
    private String teller() {
        return onConnection ? HandleConstants.GUARD : STATEMENT;
    }

    /** Whether this runs what was prepared; a batch is written by hand. */
    private boolean runsPrepared() {
        return shape.parent() == StatementHandle.class
                && arguments.length == 0
                && method.getName().startsWith("execute");
    }

    /** What was seen in the text; behind the call and what it threw. */
    private void tellText(Code code, String toMethod) {
        code.load('A', 0)
                .load('A', callLocal + 2)
                .op(INVOKEVIRTUAL, constants.pool.method(STATEMENT, toMethod, "(" + VERDICT + ")V"));
    }

    private void tell(Code code, String toMethod) {
        code.load('A', 0).op(INVOKEVIRTUAL, constants.pool.method(STATEMENT, toMethod, "()V"));
    }

    /** The locals at the handler: this, the arguments, the call; on the stack what was thrown. */
    private void failureFrame(Bytes methods, int failed) {
        methods.u2(constants.stackMapTable).u4(0);
        int start = methods.length();
        methods.u2(1).u1(FULL_FRAME).u2(failed).u2(arguments.length + 2);
        methods.u1(OBJECT_TYPE).u2(constants.handle);
        for (Class<?> argument : arguments) {
            if (argument.isPrimitive()) {
                // Integer, float, double and long are 1 to 4.
                methods.u1("IFDL".indexOf(letterOf(argument)) + 1);
            } else {
                methods.u1(OBJECT_TYPE).u2(constants.type(argument));
            }
        }
        methods.u1(1).u2(1).u1(OBJECT_TYPE).u2(constants.throwable);
        methods.set4(start - 4, methods.length() - start);
    }

    private static int sizeOf(Class<?> type) {
        return type == long.class || type == double.class ? 2 : 1;
    }

    /** By which instructions tell types apart; V is void. */
    private static char letterOf(Class<?> type) {
        if (!type.isPrimitive()) {
            return 'A';
        }
        if (type == long.class) {
            return 'L';
        }
        if (type == double.class) {
            return 'D';
        }
        if (type == float.class) {
            return 'F';
        }
        return type == void.class ? 'V' : 'I';
    }
}

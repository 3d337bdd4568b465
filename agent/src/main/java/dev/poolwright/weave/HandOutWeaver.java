package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Any class that declares a {@link HandOut} method. What it really is, the hook finds out when it is called: looking for
 * its supertypes here would load them.
 */
final class HandOutWeaver extends Weaver {

    private static final String STRING = "java/lang/String";

    static byte[] woven(ClassFile file) {
        return new HandOutWeaver().weave(file);
    }

    @Override
    @Nullable
    AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
        if (HandOut.isGetConnection(method)) {
            return new GetConnection(file, method, constants);
        }
        if (HandOut.isConnect(method)) {
            return new Connect(file, method, constants);
        }
        return HandOut.isRaw(method) ? new GetRaw(file, method, constants) : null;
    }

    /**
     * One that opens connections, and may be made to try once more. Kept are what its body threw before, then itself and
     * its two arguments, or none.
     */
    private abstract static class Opening extends AroundMethod {

        private static final int EARLIER = 0;
        static final int SELF = 1;

        Opening(ClassFile file, ClassFile.Method method, Constants constants, String... arguments) {
            super(file, method, constants, kept(file.name, arguments));
        }

        private static String[] kept(String owner, String[] arguments) {
            String[] kept = new String[2 + arguments.length];
            kept[EARLIER] = "java/lang/Throwable";
            kept[SELF] = owner;
            System.arraycopy(arguments, 0, kept, SELF + 1, arguments.length);
            return kept;
        }

        /** Leaves itself and its name on the stack: class files before Java 5 have no constants for classes. */
        final void keep(Code code, int arguments) {
            code.op(Code.ACONST_NULL).store('A', fresh(EARLIER));
            for (int i = 0; i <= arguments; i++) {
                code.load('A', i).store('A', fresh(SELF + i));
            }
            code.load('A', 0).ldc(constants.string(file.name.replace('/', '.')));
        }

        @Override
        final boolean guards() {
            return true;
        }

        @Override
        final boolean mayRunAgain() {
            return true;
        }

        @Override
        final void atThrow(Code code) {
            code.op(Code.DUP).load('A', fresh(EARLIER)).load('A', fresh(SELF));
            fail(code);
            // Beneath what is thrown is what the body threw: noted, for the case that the body runs again.
            code.op(Code.SWAP).store('A', fresh(EARLIER));
            runAgainIfNull(code, SELF);
        }

        /** Calls the hook with the failure, the earlier one and itself, which are on the stack. */
        abstract void fail(Code code);
    }

    private static final class GetConnection extends Opening {

        private final boolean withCredentials;

        GetConnection(ClassFile file, ClassFile.Method method, Constants constants) {
            this(file, method, constants, method.descriptor.startsWith(HandOut.CREDENTIALS));
        }

        private GetConnection(ClassFile file, ClassFile.Method method, Constants constants, boolean withCredentials) {
            super(file, method, constants, withCredentials ? new String[] {STRING, STRING} : new String[0]);
            this.withCredentials = withCredentials;
        }

        @Override
        void atEntry(Code code) {
            keep(code, withCredentials ? 2 : 0);
            if (withCredentials) {
                code.load('A', 1).load('A', 2).push(1);
            } else {
                code.op(Code.ACONST_NULL).op(Code.ACONST_NULL).push(0);
            }
            callHook(
                    code,
                    "enterDataSource",
                    "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;Z)" + HandOut.CONNECTION);
            returnVerdict(code);
        }

        @Override
        void atReturn(Code code) {
            code.load('A', fresh(SELF));
            callHook(code, "exitDataSource", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void fail(Code code) {
            callHook(
                    code,
                    "failDataSource",
                    "(Ljava/lang/Throwable;Ljava/lang/Throwable;Ljava/lang/Object;)Ljava/lang/Throwable;");
        }
    }

    private static final class Connect extends Opening {

        Connect(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants, STRING, "java/util/Properties");
        }

        @Override
        void atEntry(Code code) {
            keep(code, 2);
            code.load('A', 1).load('A', 2);
            callHook(
                    code,
                    "enterDriver",
                    "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/util/Properties;)"
                            + HandOut.CONNECTION);
            returnVerdict(code);
        }

        @Override
        void atReturn(Code code) {
            code.load('A', fresh(SELF));
            callHook(code, "exitDriver", "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        void fail(Code code) {
            code.load('A', fresh(SELF + 1));
            callHook(
                    code,
                    "failDriver",
                    "(Ljava/lang/Throwable;Ljava/lang/Throwable;Ljava/lang/Object;Ljava/lang/String;)"
                            + "Ljava/lang/Throwable;");
        }
    }

    private static final class GetRaw extends AroundMethod {

        GetRaw(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants);
        }

        @Override
        void atEntry(Code code) {
            callHook(code, "enterRaw", "()V");
        }

        @Override
        void atReturn(Code code) {
            callHook(code, "exitRaw", "()V");
        }

        @Override
        boolean guards() {
            return true;
        }

        @Override
        void atThrow(Code code) {
            callHook(code, "exitRaw", "()V");
        }
    }
}

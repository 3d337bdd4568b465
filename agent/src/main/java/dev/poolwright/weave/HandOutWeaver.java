package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Any class that declares a {@link HandOut} method. What it really is, the hook finds out when it is called: looking for
 * its supertypes here would load them.
 */
final class HandOutWeaver extends Weaver {

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

    /** Keeps the object that is asked. */
    private abstract static class Asked extends AroundMethod {

        private final String kind;

        /** @param kind ends the names of the hook's methods */
        Asked(ClassFile file, ClassFile.Method method, Constants constants, String kind) {
            super(file, method, constants, file.name);
            this.kind = kind;
        }

        /** The object that is asked, and whose code this is. */
        final void pushAsked(Code code) {
            code.load('A', 0).op(Code.DUP).store('A', fresh(0));
            // By name: class files before Java 5 have no constants for classes.
            code.ldc(constants.string(file.name.replace('/', '.')));
        }

        @Override
        final void atReturn(Code code) {
            code.load('A', fresh(0));
            callHook(code, "exit" + kind, "(" + HandOut.CONNECTION + "Ljava/lang/Object;)" + HandOut.CONNECTION);
        }

        @Override
        final boolean guards() {
            return true;
        }

        @Override
        final void atThrow(Code code) {
            code.load('A', fresh(0));
            callHook(code, "leave" + kind, "(Ljava/lang/Object;)V");
        }
    }

    private static final class GetConnection extends Asked {

        GetConnection(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants, "DataSource");
        }

        @Override
        void atEntry(Code code) {
            pushAsked(code);
            if (method.descriptor.startsWith(HandOut.CREDENTIALS)) {
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
    }

    private static final class Connect extends Asked {

        Connect(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants, "Driver");
        }

        @Override
        void atEntry(Code code) {
            pushAsked(code);
            code.load('A', 1).load('A', 2);
            callHook(
                    code,
                    "enterDriver",
                    "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;Ljava/util/Properties;)"
                            + HandOut.CONNECTION);
            returnVerdict(code);
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

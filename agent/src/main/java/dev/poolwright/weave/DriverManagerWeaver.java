package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/**
 * {@code java.sql.DriverManager}: its private worker, through which every {@code getConnection} goes and which knows the
 * caller's class; in it the one call of {@code Driver.connect}; and {@code deregisterDriver}.
 */
final class DriverManagerWeaver extends Weaver {

    private static final String WORKER =
            "(Ljava/lang/String;Ljava/util/Properties;Ljava/lang/Class;)Ljava/sql/Connection;";
    private static final String DEREGISTER = "(Ljava/sql/Driver;)V";

    static byte[] woven(ClassFile file) {
        ClassFile.Method worker = file.method("getConnection", WORKER);
        if (worker == null || !worker.isStatic()) {
            throw new IllegalStateException("no method getConnection" + WORKER);
        }
        return new DriverManagerWeaver().weave(file);
    }

    @Override
    @Nullable
    AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
        if (method.name.equals("getConnection") && method.descriptor.equals(WORKER)) {
            return new Worker(file, method, constants);
        }
        return method.name.equals("deregisterDriver") && method.descriptor.equals(DEREGISTER)
                ? new Deregister(file, method, constants)
                : null;
    }

    private static final class Worker extends AroundMethod {

        private static final int INVOKEINTERFACE = 0xb9;

        private int connects;

        Worker(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants);
        }

        @Override
        void atEntry(Code code) {
            code.load('A', 0).load('A', 1).load('A', 2);
            callHook(code, "enterDriverManager", WORKER);
            returnVerdict(code);
        }

        @Override
        void atReturn(Code code) {
            callHook(code, "leaveDriverManager", "()V");
        }

        @Override
        boolean guards() {
            return true;
        }

        @Override
        void atThrow(Code code) {
            callHook(code, "leaveDriverManager", "()V");
        }

        @Override
        byte @Nullable [] instead(int at) {
            if (file.u1(at) != INVOKEINTERFACE || !file.isMethod(file.u2(at + 1), "java/sql/Driver", "connect")) {
                return null;
            }
            connects++;
            int hook = constants.method(
                    HOOK,
                    "connect",
                    "(Ljava/sql/Driver;Ljava/lang/String;Ljava/util/Properties;)Ljava/sql/Connection;");
            return new byte[] {(byte) Code.INVOKESTATIC, (byte) (hook >> 8), (byte) hook, Code.NOP, Code.NOP};
        }

        @Override
        void written() {
            if (connects != 1) {
                throw new IllegalStateException("calls Driver.connect " + connects + " times");
            }
        }
    }

    private static final class Deregister extends AroundMethod {

        Deregister(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants);
        }

        @Override
        void atEntry(Code code) {
            code.load('A', 0);
            callHook(code, "driverDeregistered", DEREGISTER);
        }
    }
}

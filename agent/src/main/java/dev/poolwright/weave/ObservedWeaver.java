package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

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

    static byte[] woven(ClassFile file, int parts) {
        return new ObservedWeaver(parts).weave(file);
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
    @Nullable
    AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
        switch (ObservedMethod.of(method, parts)) {
            case CLOSES:
                return new AtBegin(file, method, constants, "connectionCloses");
            case RUNS:
                return new AtBegin(file, method, constants, "statementRuns");
            case MAKES_STATEMENT:
                return new Made(file, method, constants);
            case COMMIT:
                return new Call(file, method, constants, CALL_COMMIT);
            case ROLLBACK:
                return new Call(file, method, constants, CALL_ROLLBACK);
            case ROLLBACK_TO_SAVEPOINT:
                return new Call(file, method, constants, CALL_ROLLBACK_TO_SAVEPOINT);
            case SET_AUTO_COMMIT:
                return new Call(file, method, constants, CALL_SET_AUTO_COMMIT);
            case BATCH:
                return new Call(file, method, constants, CALL_BATCH);
            default:
                return null;
        }
    }

    private static final class AtBegin extends AroundMethod {

        private final String told;

        AtBegin(ClassFile file, ClassFile.Method method, Constants constants, String told) {
            super(file, method, constants);
            this.told = told;
        }

        @Override
        void atEntry(Code code) {
            code.load('A', 0);
            callHook(code, told, OBJECT);
        }
    }

    private static final class Made extends AroundMethod {

        Made(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants);
        }

        @Override
        void atReturn(Code code) {
            code.op(Code.DUP);
            callHook(code, "statementMade", OBJECT);
        }
    }

    /** Keeps the object and the token. */
    private static final class Call extends AroundMethod {

        private static final String LEFT =
                "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

        private final int call;

        Call(ClassFile file, ClassFile.Method method, Constants constants, int call) {
            super(file, method, constants, file.name, "java/lang/Object");
            this.call = call;
        }

        @Override
        void atEntry(Code code) {
            code.load('A', 0).store('A', fresh(0)).push(call).load('A', 0);
            if (call == CALL_SET_AUTO_COMMIT) {
                code.load('I', 1);
            } else {
                code.push(1);
            }
            callHook(code, "callEntered", "(ILjava/lang/Object;Z)Ljava/lang/Object;");
            code.store('A', fresh(1));
        }

        @Override
        void atReturn(Code code) {
            code.op(call == CALL_BATCH ? Code.DUP : Code.ACONST_NULL)
                    .load('A', fresh(0))
                    .load('A', fresh(1))
                    .op(Code.ACONST_NULL);
            callHook(code, "callLeft", LEFT);
        }

        @Override
        boolean guards() {
            return true;
        }

        @Override
        void atThrow(Code code) {
            int thrown = fresh(2);
            code.op(Code.DUP)
                    .store('A', thrown)
                    .op(Code.ACONST_NULL)
                    .load('A', fresh(0))
                    .load('A', fresh(1))
                    .load('A', thrown);
            callHook(code, "callLeft", LEFT);
        }
    }
}

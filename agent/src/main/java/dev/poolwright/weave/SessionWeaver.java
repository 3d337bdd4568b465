package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/** The classes of a library whose sessions are watched: code around their {@link SessionPoint}s. */
final class SessionWeaver extends Weaver {

    private static final String LEFT = "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

    /** Of one number of the hook to the next library's. */
    private static final int LIBRARY = 16;

    private final int library;
    private final SessionPoint[] points;

    private SessionWeaver(int library, SessionPoint[] points) {
        this.library = library;
        this.points = points;
    }

    /** @throws IllegalStateException it has not what it must have: it is not the class we know by that name */
    static byte[] woven(ClassFile file) {
        int library = SessionLibrary.of(file.name);
        SessionPoint[] points = SessionLibrary.points(library, file.name);
        if (points == null) {
            throw new IllegalStateException(file.name);
        }
        for (SessionPoint point : points) {
            if (point.needed && !isIn(file, point)) {
                throw new IllegalStateException("no method " + point.name
                        + (point.descriptors.isEmpty() ? "" : String.join(" or ", point.descriptors)));
            }
        }
        return new SessionWeaver(library, points).weave(file);
    }

    private static boolean isIn(ClassFile file, SessionPoint point) {
        for (ClassFile.Method method : file.methods()) {
            if (point.is(file.name, method)) {
                return true;
            }
        }
        return false;
    }

    @Override
    @Nullable
    AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
        SessionPoint point = SessionPoint.find(points, file.name, method);
        if (point == null) {
            return null;
        }
        int number = library * LIBRARY + point.number;
        return point.isConstructor()
                ? new Opened(file, method, constants, number)
                : new AtPoint(file, method, constants, point, number);
    }

    /** Keeps the session and the token. */
    private static final class AtPoint extends AroundMethod {

        private final SessionPoint point;
        private final int number;

        AtPoint(ClassFile file, ClassFile.Method method, Constants constants, SessionPoint point, int number) {
            super(file, method, constants, "java/lang/Object", "java/lang/Object");
            this.point = point;
            this.number = number;
        }

        @Override
        void atEntry(Code code) {
            code.load('A', point.self).store('A', fresh(0));
            code.push(number).load('A', fresh(0));
            if (point.argument < 0) {
                code.op(Code.ACONST_NULL);
            } else if (point.argumentType == 'Z') {
                code.load('I', point.argument);
                code.op(Code.INVOKESTATIC, constants.method("java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;"));
            } else {
                code.load('A', point.argument);
            }
            callHook(code, "sessionEntered", "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            code.store('A', fresh(1));
        }

        @Override
        void atReturn(Code code) {
            code.op(Code.ACONST_NULL);
            left(code);
        }

        @Override
        boolean guards() {
            return true;
        }

        @Override
        void atThrow(Code code) {
            code.op(Code.DUP);
            left(code);
        }

        /** The throwable, or null, is on the stack. */
        private void left(Code code) {
            int thrown = fresh(2);
            code.store('A', thrown)
                    .push(number)
                    .load('A', fresh(0))
                    .load('A', fresh(1))
                    .load('A', thrown);
            callHook(code, "sessionLeft", LEFT);
        }
    }

    /** Keeps the token. Nothing guards a constructor: one that throws has opened nothing. */
    private static final class Opened extends AroundMethod {

        private final int number;

        Opened(ClassFile file, ClassFile.Method method, Constants constants, int number) {
            super(file, method, constants, "java/lang/Object");
            this.number = number;
        }

        @Override
        void atEntry(Code code) {
            code.push(number).op(Code.ACONST_NULL).op(Code.ACONST_NULL);
            callHook(code, "sessionEntered", "(ILjava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
            code.store('A', fresh(0));
        }

        @Override
        void atReturn(Code code) {
            code.push(number).load('A', 0).load('A', fresh(0)).op(Code.ACONST_NULL);
            callHook(code, "sessionLeft", LEFT);
        }
    }
}

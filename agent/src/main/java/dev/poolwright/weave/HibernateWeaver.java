package dev.poolwright.weave;

import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Hibernate 5 and 6: where a session begins and ends, and the two places every flush goes through. A version that has a
 * {@link HibernatePoint} elsewhere runs without it.
 */
final class HibernateWeaver extends Weaver {

    private static final String LEFT = "(ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Throwable;)V";

    static byte[] woven(ClassFile file) {
        return new HibernateWeaver().weave(file);
    }

    @Override
    @Nullable
    AroundMethod around(ClassFile file, ClassFile.Method method, Constants constants) {
        if (file.name.equals(HibernatePoint.SESSION) && method.name.equals("<init>")) {
            return new Opened(file, method, constants);
        }
        HibernatePoint point = HibernatePoint.of(file.name, method.name, method.descriptor);
        return point == null ? null : new AtPoint(file, method, constants, point);
    }

    /** Keeps the session and the token. */
    private static final class AtPoint extends AroundMethod {

        private final HibernatePoint point;

        AtPoint(ClassFile file, ClassFile.Method method, Constants constants, HibernatePoint point) {
            super(file, method, constants, "java/lang/Object", "java/lang/Object");
            this.point = point;
        }

        @Override
        void atEntry(Code code) {
            code.load('A', point.session).store('A', fresh(0));
            code.push(point.number).load('A', fresh(0));
            if (point.argument < 0) {
                code.op(Code.ACONST_NULL);
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
                    .push(point.number)
                    .load('A', fresh(0))
                    .load('A', fresh(1))
                    .load('A', thrown);
            callHook(code, "sessionLeft", LEFT);
        }
    }

    private static final class Opened extends AroundMethod {

        Opened(ClassFile file, ClassFile.Method method, Constants constants) {
            super(file, method, constants);
        }

        @Override
        void atReturn(Code code) {
            code.push(HibernatePoint.OPENED).load('A', 0).op(Code.ACONST_NULL).op(Code.ACONST_NULL);
            callHook(code, "sessionLeft", LEFT);
        }
    }
}

package dev.poolwright.weave;

import dev.poolwright.classfile.Bytes;
import dev.poolwright.classfile.Code;
import dev.poolwright.classfile.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a method: code before its body, before each of its returns, and on the way of every exception that leaves it.
 * Exactly one of the exits runs for each entry that reached the body. The last of them may run the body once more.
 *
 * <p>What the exits need is kept in local variables behind those of the body, which the body's own frames are made to
 * carry along; so it does not matter what the body does to {@code this} and its arguments. Class files before Java 6
 * have no frames and get none. What goes before a constructor's body must not touch {@code this}, which is no object yet
 * where that begins, and nothing guards such a body.
 */
abstract class AroundMethod {

    /** The most that any addition pushes on top of what is there. */
    private static final int PUSHED = 5;
    /** A variable that additions use between two instructions of theirs, beside those kept. */
    private static final int SPARE = 1;

    /** Of code, stack and variables: the most that a class file can say. */
    static final int LONGEST = 65_535;

    final ClassFile file;
    final ClassFile.Method method;
    final Constants constants;

    private final String[] kept;
    // Where in the new code frames are needed beside those of the body, in this order; -1 = not.
    private int verdict = -1;
    private int again = -1;
    private int handler = -1;
    private int goOn = -1;

    /** @param kept internal names of the variables the exits need, the first of them at {@link #fresh} */
    AroundMethod(ClassFile file, ClassFile.Method method, Constants constants, String... kept) {
        this.file = file;
        this.method = method;
        this.constants = constants;
        this.kept = kept;
    }

    /** First thing in the method: must store into every kept variable. */
    void atEntry(Code code) {}

    /** Before a return; the value to be returned, if there is one, is on the stack. Must not jump. */
    void atReturn(Code code) {}

    /** Whether exceptions that leave the body pass {@link #atThrow}. */
    boolean guards() {
        return false;
    }

    /** An exception leaves the method; it is on the stack, and what is thrown must be when this ends. Must not jump. */
    void atThrow(Code code) {}

    /** Whether {@link #atThrow} may call {@link #runAgainIfNull}. */
    boolean mayRunAgain() {
        return false;
    }

    /**
     * For {@link #atThrow}: jumps to the beginning of the body, behind {@link #atEntry}, if what is on the stack is null;
     * else that is thrown.
     *
     * @param first where among what is kept {@code this} and all arguments are, which are given back to the body
     */
    final void runAgainIfNull(Code code, int first) {
        int places = kept.length - first;
        Bytes bytes = new Bytes(32);
        Code back = new Code(bytes);
        back.op(Code.POP);
        for (int i = 0; i < places; i++) {
            back.load('A', fresh(first + i)).store('A', i);
        }
        code.op(Code.DUP);
        code.op(Code.IFNONNULL, 3 + back.at() + 3);
        code.put(bytes);
        int offset = again - (handler + code.at());
        if (offset != (short) offset) {
            throw new IllegalStateException(method.name + " is too long to be run again");
        }
        code.op(Code.GOTO, offset);
        goOn = handler + code.at();
    }

    /**
     * What is to stand in the place of an instruction of the body that is no jump, switch or return; as many bytes.
     *
     * @param at where in the class file it is
     * @return null if it stays as it is
     */
    byte @Nullable [] instead(int at) {
        return null;
    }

    /** The body has been written; may refuse it. */
    void written() {}

    /** The local variable of the nth thing kept; each takes one place, and one more is free. */
    final int fresh(int nth) {
        return method.maxLocals + nth;
    }

    /** For {@link #atEntry}: returns the connection on the stack unless it is null. */
    final void returnVerdict(Code code) {
        code.op(Code.DUP);
        code.op(Code.IFNULL, 1 + 2 + 1); // behind the return
        code.op(Code.ARETURN);
        verdict = code.at();
        code.op(Code.POP);
    }

    final void callHook(Code code, String name, String descriptor) {
        code.op(Code.INVOKESTATIC, constants.method(Weaver.HOOK, name, descriptor));
    }

    /**
     * Writes the whole method anew.
     *
     * @throws RuntimeException the body is not as the JVM would accept it, or grew beyond what it accepts
     */
    final void writeTo(Bytes out) {
        out.put(file.bytes, method.start, method.code - method.start);
        out.u2(file.u2(method.code)).u4(0);
        int attribute = out.length();
        int stack = file.u2(method.code + 6) + PUSHED;
        int locals = method.maxLocals + kept.length + SPARE;
        if (stack > LONGEST || locals > LONGEST) {
            throw new IllegalStateException(
                    method.name + " needs a stack of " + stack + " and " + locals + " variables");
        }
        out.u2(stack).u2(locals);
        out.u4(0);
        int start = out.length();
        Code code = new Code(out);
        atEntry(code);
        if (mayRunAgain()) {
            again = code.at();
            code.op(Code.NOP); // the body may begin with a frame of its own
        }
        Body body = new Body(this, code.at(), addition(false));
        body.writeTo(out);
        written();
        if (guards()) {
            handler = code.at();
            out.put(addition(true));
        }
        int length = code.at();
        if (length > LONGEST) {
            throw new IllegalStateException(method.name + " grew to " + length + " bytes of code");
        }
        out.set4(start - 4, length);
        writeHandlers(body, out);
        int attributes = out.length();
        int count = 0;
        out.u2(0);
        if (file.majorVersion >= 50) {
            count += new Frames(this, body, kept).writeTo(out, verdict, again, handler, goOn);
        }
        count += body.writeDebugTo(out);
        out.set2(attributes, count);
        out.set4(attribute - 4, out.length() - attribute);
        int after = method.code + 6 + file.u4(method.code + 2);
        out.put(file.bytes, after, method.end - after);
    }

    private Bytes addition(boolean atThrow) {
        Bytes bytes = new Bytes(32);
        Code code = new Code(bytes);
        if (atThrow) {
            atThrow(code);
            code.op(Code.ATHROW);
        } else {
            atReturn(code);
        }
        return bytes;
    }

    /** The body's own first: what it catches does not leave it. */
    private void writeHandlers(Body body, Bytes out) {
        int table = method.code + 14 + file.u4(method.code + 10);
        int own = file.u2(table);
        int at = out.length();
        out.u2(0);
        for (int i = 0; i < own; i++) {
            int entry = table + 2 + 8 * i;
            out.u2(body.moved(file.u2(entry)))
                    .u2(body.moved(file.u2(entry + 2)))
                    .u2(body.moved(file.u2(entry + 4)))
                    .u2(file.u2(entry + 6));
        }
        int count = own;
        if (guards()) {
            for (int i = 0; i < body.guarded.size(); i += 2) {
                out.u2(body.guarded.get(i))
                        .u2(body.guarded.get(i + 1))
                        .u2(handler)
                        .u2(0);
                count++;
            }
        }
        out.set2(at, count);
    }
}

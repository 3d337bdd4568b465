package dev.poolwright.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Surrounds a method's body: code before it, before each of its returns, and on the way of every exception that leaves
 * it. Exactly one of the exits runs for each entry that reached the body. The last of them may run the body once more.
 *
 * <p>What the exits need is kept in local variables behind those of the body, which the body's own frames are made to
 * carry along; so it does not matter what the body does to {@code this} and its arguments. Class files before Java 6
 * have no frames and get none. Not for constructors: {@code this} is no object yet where their body begins.
 */
abstract class AroundMethod extends MethodVisitor {

    private final String owner;
    private final ClassFile.Method method;
    private final boolean frames;
    private final Object[] kept;
    private final List<Label> guarded = new ArrayList<>(); // start, end, start, end ...
    private final Label again = new Label();
    private Label start = new Label();

    /**
     * @param owner internal name of the class the method is in
     * @param kept verification types of the variables the exits need, the first of them at {@link #fresh}
     */
    AroundMethod(MethodVisitor next, String owner, ClassFile file, ClassFile.Method method, Object... kept) {
        super(Weaver.API, next);
        this.owner = owner;
        this.method = method;
        this.frames = file.majorVersion >= 50;
        this.kept = kept;
    }

    /** First thing in the method: must store into every kept variable. */
    abstract void atEntry();

    /** Before a return; the value to be returned, if there is one, is on the stack. */
    abstract void atReturn();

    /** An exception leaves the method; it is on the stack, and what is thrown must be when this ends. */
    abstract void atThrow();

    /** Whether {@link #atThrow} may call {@link #runAgainIfNull}. */
    boolean mayRunAgain() {
        return false;
    }

    /**
     * For {@link #atThrow}: jumps to the beginning of the body, behind {@link #atEntry}, if what is on the stack is null;
     * else that is thrown.
     *
     * @param first where among what is kept {@code this} and the arguments are, which are given back to the body
     */
    final void runAgainIfNull(int first) {
        Label goOn = new Label();
        super.visitInsn(Opcodes.DUP);
        super.visitJumpInsn(Opcodes.IFNONNULL, goOn);
        super.visitInsn(Opcodes.POP);
        int places = 1 + Type.getArgumentTypes(method.descriptor).length;
        for (int i = 0; i < places; i++) {
            super.visitVarInsn(Opcodes.ALOAD, fresh(first + i));
            super.visitVarInsn(Opcodes.ASTORE, i);
        }
        super.visitJumpInsn(Opcodes.GOTO, again);
        super.visitLabel(goOn);
        frame(withKept(new ArrayList<>()), "java/lang/Throwable");
    }

    /** The local variable of the nth thing kept; each takes one place. */
    final int fresh(int nth) {
        return method.maxLocals + nth;
    }

    /** For {@link #atEntry}: returns the connection on the stack unless it is null. */
    final void returnVerdict() {
        Label goOn = new Label();
        super.visitInsn(Opcodes.DUP);
        super.visitJumpInsn(Opcodes.IFNULL, goOn);
        super.visitInsn(Opcodes.ARETURN);
        super.visitLabel(goOn);
        frame(withKept(entryLocals()), "java/sql/Connection");
        super.visitInsn(Opcodes.POP);
    }

    final void callHook(String name, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.HOOK, name, descriptor, false);
    }

    @Override
    public void visitCode() {
        super.visitCode();
        atEntry();
        if (mayRunAgain()) {
            super.visitLabel(again);
            frame(withKept(entryLocals()));
            super.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
        }
        super.visitLabel(start);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
            super.visitInsn(opcode);
            return;
        }
        // The exit itself is outside: were it inside, an accident in it would run a second one.
        endGuarded();
        atReturn();
        super.visitInsn(opcode);
        start = new Label();
        super.visitLabel(start);
    }

    @Override
    public void visitFrame(
            int type, int localCount, Object @Nullable [] local, int stackCount, Object @Nullable [] stack) {
        if (!frames || local == null) {
            super.visitFrame(type, localCount, local, stackCount, stack);
            return;
        }
        List<Object> all = withKept(new ArrayList<>(Arrays.asList(Arrays.copyOf(local, localCount))));
        super.visitFrame(type, all.size(), all.toArray(), stackCount, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        endGuarded();
        Label handler = new Label();
        for (int i = 0; i < guarded.size(); i += 2) {
            if (guarded.get(i).getOffset() < guarded.get(i + 1).getOffset()) {
                super.visitTryCatchBlock(guarded.get(i), guarded.get(i + 1), handler, null);
            }
        }
        super.visitLabel(handler);
        frame(withKept(new ArrayList<>()), "java/lang/Throwable");
        atThrow();
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(maxStack, maxLocals);
    }

    private void endGuarded() {
        Label end = new Label();
        super.visitLabel(end);
        guarded.add(start);
        guarded.add(end);
    }

    private void frame(List<Object> locals, Object... stack) {
        if (frames) {
            super.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), stack.length, stack);
        }
    }

    private List<Object> withKept(List<Object> locals) {
        if (kept.length > 0) {
            int places = 0;
            for (Object local : locals) {
                places += local == Opcodes.LONG || local == Opcodes.DOUBLE ? 2 : 1;
            }
            for (; places < method.maxLocals; places++) {
                locals.add(Opcodes.TOP);
            }
            locals.addAll(Arrays.asList(kept));
        }
        return locals;
    }

    private List<Object> entryLocals() {
        List<Object> locals = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(owner);
        }
        for (Type argument : Type.getArgumentTypes(method.descriptor)) {
            switch (argument.getSort()) {
                case Type.LONG:
                    locals.add(Opcodes.LONG);
                    break;
                case Type.DOUBLE:
                    locals.add(Opcodes.DOUBLE);
                    break;
                case Type.FLOAT:
                    locals.add(Opcodes.FLOAT);
                    break;
                case Type.ARRAY:
                case Type.OBJECT:
                    locals.add(argument.getInternalName());
                    break;
                default:
                    locals.add(Opcodes.INTEGER);
            }
        }
        return locals;
    }
}

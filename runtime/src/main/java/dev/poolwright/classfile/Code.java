package dev.poolwright.classfile;

/**
 * The instructions of a method, of those this product generates. Positions are those of {@link #at}.
 *
 * <p>The names are the JVM's; {@code load} and {@code store} take the letter of the type: I, L (long), F, D, A.
 */
public final class Code {

    public static final int NOP = 0x00;
    public static final int RETURN = 0xb1;
    public static final int ARETURN = 0xb0;
    public static final int ATHROW = 0xbf;
    public static final int ACONST_NULL = 0x01;
    public static final int DUP = 0x59;
    public static final int POP = 0x57;
    public static final int SWAP = 0x5f;
    public static final int INVOKEVIRTUAL = 0xb6;
    public static final int INVOKESPECIAL = 0xb7;
    public static final int INVOKESTATIC = 0xb8;
    public static final int NEW = 0xbb;
    public static final int CHECKCAST = 0xc0;
    public static final int GETFIELD = 0xb4;
    public static final int PUTFIELD = 0xb5;
    public static final int IFNULL = 0xc6;
    public static final int IFNONNULL = 0xc7;
    public static final int GOTO = 0xa7;

    private static final int ICONST_0 = 0x03;
    private static final int BIPUSH = 0x10;
    private static final int LDC = 0x12;
    private static final int LDC_W = 0x13;
    private static final int ILOAD = 0x15;
    private static final int ILOAD_0 = 0x1a;
    private static final int ISTORE = 0x36;
    private static final int ISTORE_0 = 0x3b;
    private static final int IRETURN = 0xac;
    private static final int INVOKEINTERFACE = 0xb9;
    private static final int WIDE = 0xc4;
    private static final String TYPES = "ILFDA";

    private final Bytes bytes;
    private final int start;

    /** Code that begins where {@code bytes} end. */
    public Code(Bytes bytes) {
        this.bytes = bytes;
        this.start = bytes.length();
    }

    /** How many bytes there are so far. */
    public int at() {
        return bytes.length() - start;
    }

    /** One without operands. */
    public Code op(int opcode) {
        bytes.u1(opcode);
        return this;
    }

    /** One with a constant for a class, field, or method that is no interface's; or a jump over so many bytes. */
    public Code op(int opcode, int operand) {
        bytes.u1(opcode).u2(operand);
        return this;
    }

    /** Instructions that were written elsewhere, and jump nowhere outside. */
    public Code put(Bytes code) {
        bytes.put(code);
        return this;
    }

    /**
     * A call through an interface.
     *
     * @param places those of the arguments, and one for the object
     */
    public Code invokeInterface(int constant, int places) {
        bytes.u1(INVOKEINTERFACE).u2(constant).u1(places).u1(0);
        return this;
    }

    public Code load(char type, int local) {
        return local(ILOAD, ILOAD_0, type, local);
    }

    public Code store(char type, int local) {
        return local(ISTORE, ISTORE_0, type, local);
    }

    /**
     * The end of a method.
     *
     * @param type as of {@link #load}, or V
     */
    public Code returnOf(char type) {
        return op(type == 'V' ? RETURN : IRETURN + TYPES.indexOf(type));
    }

    /** A number of 0 to 127. */
    public Code push(int small) {
        if (small <= 5) {
            return op(ICONST_0 + small);
        }
        bytes.u1(BIPUSH).u1(small);
        return this;
    }

    public Code ldc(int constant) {
        if (constant < 256) {
            bytes.u1(LDC).u1(constant);
        } else {
            bytes.u1(LDC_W).u2(constant);
        }
        return this;
    }

    private Code local(int opcode, int shortOpcode, char type, int local) {
        int kind = TYPES.indexOf(type);
        if (local < 4) {
            bytes.u1(shortOpcode + kind * 4 + local);
        } else if (local < 256) {
            bytes.u1(opcode + kind).u1(local);
        } else {
            bytes.u1(WIDE).u1(opcode + kind).u2(local);
        }
        return this;
    }
}

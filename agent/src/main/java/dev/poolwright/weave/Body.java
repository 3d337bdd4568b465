package dev.poolwright.weave;

import dev.poolwright.classfile.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The instructions of a method, moved: behind what is to come first, and apart where something is to come before a
 * return. A jump to a return leads to what comes before it.
 */
final class Body {

    private static final int IFEQ = 0x99;
    private static final int JSR = 0xa8;
    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int IRETURN = 0xac;
    private static final int RETURN = 0xb1;
    private static final int IINC = 0x84;
    private static final int WIDE = 0xc4;
    private static final int IFNULL = 0xc6;
    private static final int IFNONNULL = 0xc7;
    private static final int GOTO_W = 0xc8;
    private static final int JSR_W = 0xc9;

    /** Lengths of the instructions 0 to 201, a digit each; 0 = it depends. */
    private static final String LENGTHS = "1111111111111111" // constants
            + "23233" // bipush, sipush, ldc
            + "22222" // loads
            + "1111111111111111111111111111" // of the first four, of arrays
            + "22222" // stores
            + "1111111111111111111111111111" // of the first four, of arrays
            + "111111111" // the stack
            + "1111111111111111111111111111111111113" // arithmetic, iinc
            + "11111111111111111111" // conversions, comparisons
            + "33333333333333332" // jumps, ret
            + "00" // switches
            + "111111" // returns
            + "333333355" // fields, calls
            + "323113311" // new to monitorexit
            + "0" // wide
            + "43355"; // multianewarray, jumps

    /** Where the exits guard, in the new code: start, end, start, end ...; each exit itself is outside. */
    final List<Integer> guarded = new ArrayList<>();

    private final AroundMethod around;
    private final ClassFile file;
    private final Bytes beforeReturn;
    private final int start; // of the code, in the file
    private final int length;
    private final int[]
            moved; // by old position; of its instruction, or of what comes before it; -1 = none begins there

    /**
     * Finds out where everything goes.
     *
     * @param first where the first instruction goes
     */
    Body(AroundMethod around, int first, Bytes beforeReturn) {
        this.around = around;
        this.file = around.file;
        this.beforeReturn = beforeReturn;
        this.start = around.method.code + 14;
        this.length = file.u4(around.method.code + 10);
        if (length < 1 || length > AroundMethod.LONGEST) {
            throw new IllegalStateException(around.method.name + " has " + length + " bytes of code");
        }
        this.moved = new int[length + 1];
        Arrays.fill(moved, -1);
        int from = first;
        int to = first;
        int pc = 0;
        while (pc < length) {
            int opcode = file.u1(start + pc);
            moved[pc] = to;
            if (isReturn(opcode)) {
                // The exit itself is outside: were it inside, an accident in it would run a second one.
                guard(from, to);
                to += beforeReturn.length() + 1;
                from = to;
                pc++;
            } else if (isSwitch(opcode)) {
                int operands = switchOperands(pc);
                to += 1 + padding(to) + operands;
                pc += 1 + padding(pc) + operands;
            } else {
                int bytes = lengthOf(opcode, pc);
                to += bytes;
                pc += bytes;
            }
        }
        moved[length] = to;
        guard(from, to);
    }

    /**
     * Where the instruction at {@code pc}, or the end of all, is now.
     *
     * @throws IllegalStateException none begins there
     */
    int moved(int pc) {
        if (!isKnown(pc)) {
            throw new IllegalStateException("no instruction at " + pc + " of " + around.method.name);
        }
        return moved[pc];
    }

    private boolean isKnown(int pc) {
        return pc >= 0 && pc <= length && moved[pc] >= 0;
    }

    private void guard(int from, int to) {
        if (from < to) {
            guarded.add(from);
            guarded.add(to);
        }
    }

    /** Writes the instructions, and nothing before the first or behind the last. */
    void writeTo(Bytes out) {
        int pc = 0;
        while (pc < length) {
            int opcode = file.u1(start + pc);
            int bytes;
            if (isReturn(opcode)) {
                out.put(beforeReturn).u1(opcode);
                bytes = 1;
            } else if (isSwitch(opcode)) {
                bytes = 1 + padding(pc) + switchOperands(pc);
                writeSwitch(opcode, pc, bytes, out);
            } else {
                bytes = lengthOf(opcode, pc);
                writeOther(opcode, pc, bytes, out);
            }
            pc += bytes;
        }
    }

    private void writeOther(int opcode, int pc, int bytes, Bytes out) {
        if ((opcode >= IFEQ && opcode <= JSR) || opcode == IFNULL || opcode == IFNONNULL) {
            int offset = jump(pc, (short) file.u2(start + pc + 1));
            if (offset != (short) offset) {
                throw new IllegalStateException(around.method.name + " jumps too far");
            }
            out.u1(opcode).u2(offset);
        } else if (opcode == GOTO_W || opcode == JSR_W) {
            out.u1(opcode).u4(jump(pc, file.u4(start + pc + 1)));
        } else {
            byte[] instead = around.instead(start + pc);
            if (instead == null) {
                out.put(file.bytes, start + pc, bytes);
            } else {
                out.put(instead, 0, bytes);
            }
        }
    }

    private void writeSwitch(int opcode, int pc, int bytes, Bytes out) {
        int at = start + pc + 1 + padding(pc);
        int end = start + pc + bytes;
        out.u1(opcode).put(new byte[3], 0, padding(moved[pc]));
        out.u4(jump(pc, file.u4(at)));
        boolean isTable = opcode == TABLESWITCH;
        int pairs = at + (isTable ? 12 : 8);
        out.put(file.bytes, at + 4, pairs - at - 4);
        for (int i = pairs; i < end; i += 4) {
            if (!isTable) {
                out.put(file.bytes, i, 4);
                i += 4;
            }
            out.u4(jump(pc, file.u4(i)));
        }
    }

    private int jump(int pc, int offset) {
        return moved(pc + offset) - moved[pc];
    }

    private int switchOperands(int pc) {
        int at = start + pc + 1 + padding(pc);
        boolean isLookup = file.u1(start + pc) == LOOKUPSWITCH;
        long cases = isLookup ? file.u4(at + 4) : (long) file.u4(at + 8) - file.u4(at + 4) + 1;
        if (cases < 0 || cases > length) {
            throw new IllegalStateException("switch with " + cases + " cases in " + around.method.name);
        }
        return isLookup ? 8 + 8 * (int) cases : 12 + 4 * (int) cases;
    }

    private int lengthOf(int opcode, int pc) {
        if (opcode == WIDE) {
            return file.u1(start + pc + 1) == IINC ? 6 : 4;
        }
        if (opcode >= LENGTHS.length()) {
            throw new IllegalStateException("instruction of unknown kind " + opcode);
        }
        return LENGTHS.charAt(opcode) - '0';
    }

    /** Between a switch at {@code pc} and its operands, which lie at multiples of four. */
    private static int padding(int pc) {
        return 3 - (pc & 3);
    }

    private static boolean isReturn(int opcode) {
        return opcode >= IRETURN && opcode <= RETURN;
    }

    private static boolean isSwitch(int opcode) {
        return opcode == TABLESWITCH || opcode == LOOKUPSWITCH;
    }

    /**
     * Writes the attributes that tell lines and variables; others than these and frames are not for programs to see.
     *
     * @return how many
     */
    int writeDebugTo(Bytes out) {
        int count = 0;
        for (int at = attributes(), i = file.u2(at - 2); i > 0; i--) {
            String name = file.utf8(file.u2(at));
            if (name.equals("LineNumberTable")) {
                count += writeTable(at, 4, false, out);
            } else if (name.equals("LocalVariableTable") || name.equals("LocalVariableTypeTable")) {
                count += writeTable(at, 10, true, out);
            }
            at += 6 + file.u4(at + 2);
        }
        return count;
    }

    /** Where the first attribute of the code is, behind their count. */
    int attributes() {
        int handlers = start + length;
        return handlers + 2 + 8 * file.u2(handlers) + 2;
    }

    private int writeTable(int at, int entryLength, boolean isRange, Bytes out) {
        int entries = file.u2(at + 6);
        Bytes table = new Bytes(2 + entries * entryLength);
        table.u2(entries);
        for (int i = 0; i < entries; i++) {
            int entry = at + 8 + i * entryLength;
            int from = file.u2(entry);
            int to = isRange ? from + file.u2(entry + 2) : from;
            if (!isKnown(from) || !isKnown(to)) {
                return 0; // the JVM would not mind
            }
            table.u2(moved[from]).u2(isRange ? moved[to] - moved[from] : file.u2(entry + 2));
            table.put(file.bytes, entry + 4, entryLength - 4);
        }
        out.u2(file.u2(at)).u4(table.length()).put(table);
        return 1;
    }
}

package dev.poolwright.weave;

import dev.poolwright.classfile.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What is where in a method's variables, at every place that is jumped to: the body's own frames, each now complete and
 * with what is kept behind its variables, and those that the additions need.
 */
final class Frames {

    private static final int TOP = 0;
    private static final int INTEGER = 1;
    private static final int FLOAT = 2;
    private static final int DOUBLE = 3;
    private static final int LONG = 4;
    private static final int UNINITIALIZED_THIS = 6;
    private static final int OBJECT = 7;
    private static final int UNINITIALIZED = 8;

    private static final int FULL = 255;

    private final AroundMethod around;
    private final ClassFile file;
    private final Body body;
    private final String[] kept;

    private final Bytes frames = new Bytes(256);
    private int count;
    private int last = -1;

    private int at; // in the file, while the body's frames are read

    Frames(AroundMethod around, Body body, String[] kept) {
        this.around = around;
        this.file = around.file;
        this.body = body;
        this.kept = kept;
    }

    /**
     * Writes them as an attribute of the code.
     *
     * @param verdict where the verdict is null, on the stack; this and the others -1 if there is none
     * @param again where the body is begun anew
     * @param handler where an exception is about to leave
     * @param goOn where one is after it was looked at
     * @return how many attributes
     */
    int writeTo(Bytes out, int verdict, int again, int handler, int goOn) {
        List<Integer> locals = atEntry();
        if (verdict >= 0) {
            write(verdict, locals, Collections.singletonList(object("java/sql/Connection")));
        }
        if (again >= 0) {
            write(again, locals, Collections.<Integer>emptyList());
        }
        int table = find();
        if (table >= 0) {
            at = table + 8;
            int pc = -1;
            for (int i = file.u2(table + 6); i > 0; i--) {
                pc = readAndWrite(pc, locals);
            }
        }
        for (int thrown : new int[] {handler, goOn}) {
            if (thrown >= 0) {
                write(
                        thrown,
                        Collections.<Integer>emptyList(),
                        Collections.singletonList(object("java/lang/Throwable")));
            }
        }
        if (count == 0) {
            return 0;
        }
        out.u2(around.constants.utf8("StackMapTable"))
                .u4(2 + frames.length())
                .u2(count)
                .put(frames);
        return 1;
    }

    /** The body's own attribute; -1 if it has none. */
    private int find() {
        int attribute = body.attributes();
        for (int i = file.u2(attribute - 2); i > 0; i--) {
            if (file.utf8(file.u2(attribute)).equals("StackMapTable")) {
                return attribute;
            }
            attribute += 6 + file.u4(attribute + 2);
        }
        return -1;
    }

    /**
     * The next of the body's frames.
     *
     * @param before where the one before was, in the body as it was
     * @param locals of that one; of this one afterwards
     * @return where it is
     */
    private int readAndWrite(int before, List<Integer> locals) {
        int kind = file.u1(at++);
        int offset;
        List<Integer> stack = new ArrayList<>();
        if (kind < 64) {
            offset = kind;
        } else if (kind < 128) {
            offset = kind - 64;
            stack.add(type());
        } else {
            offset = file.u2(at);
            at += 2;
            if (kind == 247) {
                stack.add(type());
            } else if (kind >= 248 && kind <= 250) {
                locals.subList(locals.size() - (251 - kind), locals.size()).clear();
            } else if (kind >= 252 && kind <= 254) {
                types(kind - 251, locals);
            } else if (kind == FULL) {
                locals.clear();
                types(count(), locals);
                types(count(), stack);
            } else if (kind != 251) {
                throw new IllegalStateException("frame of unknown kind " + kind);
            }
        }
        int pc = before + 1 + offset;
        write(body.moved(pc), locals, stack);
        return pc;
    }

    private int count() {
        at += 2;
        return file.u2(at - 2);
    }

    private void types(int howMany, List<Integer> to) {
        for (int i = 0; i < howMany; i++) {
            to.add(type());
        }
    }

    /** A type as the class file has it: its tag, and what follows that in the bits above. */
    private int type() {
        int tag = file.u1(at++);
        if (tag == OBJECT) {
            return tag | (count() << 8);
        }
        return tag == UNINITIALIZED ? tag | (body.moved(count()) << 8) : tag;
    }

    private int object(String internalName) {
        return OBJECT | (around.constants.type(internalName) << 8);
    }

    private void write(int pc, List<Integer> locals, List<Integer> stack) {
        List<Integer> all = new ArrayList<>(locals);
        if (kept.length > 0) {
            int places = 0;
            for (int local : locals) {
                places += (local & 0xff) == LONG || (local & 0xff) == DOUBLE ? 2 : 1;
            }
            for (; places < around.method.maxLocals; places++) {
                all.add(TOP);
            }
            for (String each : kept) {
                all.add(object(each));
            }
        }
        frames.u1(FULL).u2(pc - last - 1);
        write(all);
        write(stack);
        last = pc;
        count++;
    }

    private void write(List<Integer> types) {
        frames.u2(types.size());
        for (int type : types) {
            int tag = type & 0xff;
            frames.u1(tag);
            if (tag == OBJECT || tag == UNINITIALIZED) {
                frames.u2(type >>> 8);
            }
        }
    }

    /** What the JVM knows without being told. */
    private List<Integer> atEntry() {
        List<Integer> locals = new ArrayList<>();
        if (!around.method.isStatic()) {
            locals.add(around.method.name.equals("<init>") ? UNINITIALIZED_THIS : object(file.name));
        }
        String descriptor = around.method.descriptor;
        for (int i = 1; descriptor.charAt(i) != ')'; i++) {
            int from = i;
            while (descriptor.charAt(i) == '[') {
                i++;
            }
            if (descriptor.charAt(i) == 'L') {
                i = descriptor.indexOf(';', i);
            }
            switch (descriptor.charAt(from)) {
                case '[':
                    locals.add(object(descriptor.substring(from, i + 1)));
                    break;
                case 'L':
                    locals.add(object(descriptor.substring(from + 1, i)));
                    break;
                case 'J':
                    locals.add(LONG);
                    break;
                case 'D':
                    locals.add(DOUBLE);
                    break;
                case 'F':
                    locals.add(FLOAT);
                    break;
                default:
                    locals.add(INTEGER);
            }
        }
        return locals;
    }
}

package dev.poolwright.classfile;

import java.util.HashMap;
import java.util.Map;

/**
 * A class file's constants, each kept once: a new file's, or what is added to those of one that exists.
 *
 * <p>Every method answers with the constant's number.
 */
public final class Constants {

    /** A class file cannot have more. */
    private static final int MOST = 65_535;

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;

    private final Bytes bytes = new Bytes(4096);
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Long, Integer> others = new HashMap<>();
    private int next;

    /** @param next the first free number: 1 for a new class file, else the count the file has */
    public Constants(int next) {
        this.next = next;
    }

    /** What the class file's count of constants has to be. */
    public int count() {
        return next;
    }

    /** The constants themselves, without their count. */
    public Bytes bytes() {
        return bytes;
    }

    /** A name or descriptor, as the class file itself uses it. */
    public int utf8(String text) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        bytes.u1(UTF8).utf8(text);
        texts.put(text, next);
        return take();
    }

    /**
     * A class or interface.
     *
     * @param internalName {@code java/lang/String}, or an array's descriptor
     */
    public int type(String internalName) {
        return other(CLASS, utf8(internalName), -1);
    }

    /** A string for code to load. */
    public int string(String text) {
        return other(STRING, utf8(text), -1);
    }

    public int field(String owner, String name, String descriptor) {
        return other(FIELD, type(owner), nameAndType(name, descriptor));
    }

    public int method(String owner, String name, String descriptor) {
        return other(METHOD, type(owner), nameAndType(name, descriptor));
    }

    public int interfaceMethod(String owner, String name, String descriptor) {
        return other(INTERFACE_METHOD, type(owner), nameAndType(name, descriptor));
    }

    private int nameAndType(String name, String descriptor) {
        return other(NAME_AND_TYPE, utf8(name), utf8(descriptor));
    }

    private int other(int tag, int first, int second) {
        Long key = ((long) tag << 32) | ((long) first << 16) | (second & 0xffff);
        Integer known = others.get(key);
        if (known != null) {
            return known;
        }
        bytes.u1(tag).u2(first);
        if (second >= 0) {
            bytes.u2(second);
        }
        others.put(key, next);
        return take();
    }

    private int take() {
        if (next >= MOST) {
            throw new IllegalStateException("more than " + MOST + " constants");
        }
        return next++;
    }
}

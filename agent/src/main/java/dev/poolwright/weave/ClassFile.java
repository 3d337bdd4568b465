package dev.poolwright.weave;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces and methods of a class file, as far as the weaving cares: read by hand, because it is asked of every
 * class an application loads and nearly none of them is woven.
 */
final class ClassFile {

    /** A method that has a body. */
    static final class Method {
        final int access;
        final String name;
        final String descriptor;
        /** First local variable its body does not use. */
        final int maxLocals;
        /** Where it is, and where its code attribute is. */
        final int start;

        final int code;
        final int end;

        Method(int access, String name, String descriptor, int maxLocals, int start, int code, int end) {
            this.access = access;
            this.name = name;
            this.descriptor = descriptor;
            this.maxLocals = maxLocals;
            this.start = start;
            this.code = code;
            this.end = end;
        }

        boolean isStatic() {
            return Modifier.isStatic(access);
        }
    }

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    /** Bytes of a constant with its tag, by tag; those of variable size and those that do not exist are 0. */
    private static final byte[] SIZES = {0, 0, 0, 5, 5, 9, 9, 3, 3, 5, 5, 5, 5, 0, 0, 4, 3, 5, 5, 3, 3};

    final byte[] bytes;
    final int majorVersion;
    /** Its internal name. */
    final String name;
    /** Internal names of the interfaces it declares itself. */
    final List<String> interfaces;

    private final int[] constants;
    private final int constantsEnd;
    private final List<Method> methods;

    private ClassFile(
            byte[] bytes,
            int[] constants,
            int constantsEnd,
            String name,
            List<String> interfaces,
            List<Method> methods) {
        this.bytes = bytes;
        this.majorVersion = u2(bytes, 6);
        this.constants = constants;
        this.constantsEnd = constantsEnd;
        this.name = name;
        this.interfaces = Collections.unmodifiableList(interfaces);
        this.methods = Collections.unmodifiableList(methods);
    }

    /** How many constants it says it has: the number of the first that could be added. */
    int constantCount() {
        return constants.length;
    }

    /** Where the constants end and the access flags begin. */
    int constantsEnd() {
        return constantsEnd;
    }

    /** All methods with a body. */
    List<Method> methods() {
        return methods;
    }

    @Nullable
    Method method(String name, String descriptor) {
        for (Method method : methods) {
            if (method.name.equals(name) && method.descriptor.equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    /** Whether the constant pool has one of these strings; decides nearly all classes. */
    static boolean mentions(byte[] bytes, byte[][] words) {
        int count = u2(bytes, 8);
        long lengths = 0; // a bit per length modulo 64: most constants are told by it, and this runs in the interpreter
        for (byte[] word : words) {
            lengths |= 1L << word.length;
        }
        int at = 10;
        for (int i = 1; i < count; i++) {
            int tag = bytes[at];
            if (tag != UTF8) {
                // No calls here either; a tag that does not exist is told by whoever reads the class in earnest.
                int size = tag > 0 && tag < SIZES.length ? SIZES[tag] : 0;
                if (size == 0) {
                    return false;
                }
                at += size;
                if (tag == LONG || tag == DOUBLE) {
                    i++;
                }
                continue;
            }
            int length = ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff); // no call: most constants pass here
            if ((lengths >>> length & 1) != 0 && isOneOf(words, bytes, at + 3, length)) {
                return true;
            }
            at += 3 + length;
        }
        return false;
    }

    private static boolean isOneOf(byte[][] words, byte[] bytes, int at, int length) {
        for (byte[] word : words) {
            if (word.length == length && sameAt(bytes, at, word)) {
                return true;
            }
        }
        return false;
    }

    /** @throws RuntimeException the bytes are no class file the JVM would accept */
    static ClassFile of(byte[] bytes) {
        int count = u2(bytes, 8);
        int[] constants = new int[count];
        int at = 10;
        for (int i = 1; i < count; i++) {
            constants[i] = at;
            int tag = bytes[at];
            at += tag == UTF8 ? 3 + u2(bytes, at + 1) : sizeOfConstant(tag);
            i += slotsOf(tag) - 1;
        }
        int constantsEnd = at;
        String name = type(bytes, constants, u2(bytes, at + 2));
        at += 6;
        int implemented = u2(bytes, at);
        at += 2;
        List<String> interfaces = new ArrayList<>(implemented);
        for (int i = 0; i < implemented; i++) {
            interfaces.add(type(bytes, constants, u2(bytes, at)));
            at += 2;
        }
        int fields = u2(bytes, at);
        at += 2;
        for (int i = 0; i < fields; i++) {
            at = afterMember(bytes, at);
        }
        int declared = u2(bytes, at);
        at += 2;
        List<Method> methods = new ArrayList<>(declared);
        for (int i = 0; i < declared; i++) {
            int code = codeOf(bytes, at, constants);
            int end = afterMember(bytes, at);
            if (code >= 0) {
                methods.add(new Method(
                        u2(bytes, at),
                        utf8(bytes, constants[u2(bytes, at + 2)]),
                        utf8(bytes, constants[u2(bytes, at + 4)]),
                        u2(bytes, code + 8),
                        at,
                        code,
                        end));
            }
            at = end;
        }
        return new ClassFile(bytes, constants, constantsEnd, name, interfaces, methods);
    }

    private static int codeOf(byte[] bytes, int member, int[] constants) {
        int attributes = u2(bytes, member + 6);
        int at = member + 8;
        for (int i = 0; i < attributes; i++) {
            if (utf8(bytes, constants[u2(bytes, at)]).equals("Code")) {
                return at;
            }
            at += 6 + u4(bytes, at + 2);
        }
        return -1;
    }

    private static int afterMember(byte[] bytes, int member) {
        int attributes = u2(bytes, member + 6);
        int at = member + 8;
        for (int i = 0; i < attributes; i++) {
            at += 6 + u4(bytes, at + 2);
        }
        return at;
    }

    /** Of one that is no UTF-8 string. */
    private static int sizeOfConstant(int tag) {
        int size = tag > 0 && tag < SIZES.length ? SIZES[tag] : 0;
        if (size == 0) {
            throw new IllegalArgumentException("constant of unknown kind " + tag);
        }
        return size;
    }

    private static int slotsOf(int tag) {
        return tag == LONG || tag == DOUBLE ? 2 : 1;
    }

    int u1(int at) {
        return bytes[at] & 0xff;
    }

    int u2(int at) {
        return u2(bytes, at);
    }

    int u4(int at) {
        return u4(bytes, at);
    }

    /** The text of a constant. */
    String utf8(int constant) {
        return utf8(bytes, constants[constant]);
    }

    /** Whether a constant is this method of this type. */
    boolean isMethod(int constant, String owner, String method) {
        int at = constants[constant];
        return method.equals(utf8(u2(constants[u2(at + 3)] + 1))) && owner.equals(type(bytes, constants, u2(at + 1)));
    }

    private static String type(byte[] bytes, int[] constants, int constant) {
        return utf8(bytes, constants[u2(bytes, constants[constant] + 1)]);
    }

    private static String utf8(byte[] bytes, int at) {
        int length = u2(bytes, at + 1);
        for (int i = at + 3; i < at + 3 + length; i++) {
            if (bytes[i] < 0) {
                return modifiedUtf8(bytes, at + 1, length + 2);
            }
        }
        return new String(bytes, at + 3, length, StandardCharsets.ISO_8859_1);
    }

    /** What class files have is not UTF-8: surrogates stand one by one, and a zero is two bytes. */
    private static String modifiedUtf8(byte[] bytes, int at, int length) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, at, length))) {
            return in.readUTF();
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static boolean sameAt(byte[] bytes, int at, byte[] word) {
        for (int i = word.length - 1; i >= 0; i--) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static int u2(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static int u4(byte[] bytes, int at) {
        return (u2(bytes, at) << 16) | u2(bytes, at + 2);
    }
}

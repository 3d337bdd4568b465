package dev.poolwright.classfile;

import java.util.Arrays;

/** Bytes that grow, in the order of class files: the highest of a number first. */
public final class Bytes {

    private byte[] bytes;
    private int length;

    /** @param expected how many there will be, roughly */
    public Bytes(int expected) {
        bytes = new byte[Math.max(expected, 16)];
    }

    public int length() {
        return length;
    }

    public Bytes u1(int value) {
        if (length == bytes.length) {
            grow(1);
        }
        bytes[length++] = (byte) value;
        return this;
    }

    public Bytes u2(int value) {
        if (length + 2 > bytes.length) {
            grow(2);
        }
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
        return this;
    }

    public Bytes u4(int value) {
        return u2(value >>> 16).u2(value);
    }

    public Bytes put(byte[] from, int at, int count) {
        if (length + count > bytes.length) {
            grow(count);
        }
        System.arraycopy(from, at, bytes, length, count);
        length += count;
        return this;
    }

    public Bytes put(Bytes other) {
        return put(other.bytes, 0, other.length);
    }

    /** A string as class files have it: U+0000 in two bytes, surrogates one by one. */
    void utf8(String text) {
        int start = length;
        u2(0);
        int chars = text.length();
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c != 0 && c < 0x80) {
                u1(c);
            } else if (c < 0x800) {
                u1(0xc0 | (c >> 6)).u1(0x80 | (c & 0x3f));
            } else {
                u1(0xe0 | (c >> 12)).u1(0x80 | ((c >> 6) & 0x3f)).u1(0x80 | (c & 0x3f));
            }
        }
        set2(start, length - start - 2);
    }

    /** Overwrites two bytes. */
    public void set2(int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    /** Overwrites four bytes. */
    public void set4(int at, int value) {
        set2(at, value >>> 16);
        set2(at + 2, value);
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    private void grow(int by) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + by));
    }
}

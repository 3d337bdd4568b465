package dev.poolwright.engine.key;

import org.jspecify.annotations.Nullable;

/**
 * A password or the like: compared in full, never printed, no part of a hash, and in a key that is kept not readable in
 * a heap dump.
 *
 * <p>Immutable. While a call is being looked up it refers to the caller's own string, so that nothing is copied for a
 * hit; characters, which drivers and applications wipe after use, are copied at once.
 */
final class Secret {

    private static final int MULTIPLIER = 214_013;
    private static final int INCREMENT = 2_531_011;

    private final @Nullable String plain;
    private final char @Nullable [] masked;

    private Secret(@Nullable String plain, char @Nullable [] masked) {
        this.plain = plain;
        this.masked = masked;
    }

    /** Null is a secret too: that there is no password must not be mistaken for an empty one. */
    static Secret of(@Nullable String value) {
        return new Secret(value, null);
    }

    static Secret of(char[] value) {
        return new Secret(null, mask(value));
    }

    /** As this, without the plain text. */
    Secret kept() {
        return plain == null ? this : new Secret(null, mask(plain.toCharArray()));
    }

    /** No protection against somebody who has this code: it keeps passwords out of what is searched or looked at. */
    private static char[] mask(char[] value) {
        char[] masked = new char[value.length];
        int pad = value.length;
        for (int i = 0; i < value.length; i++) {
            pad = pad * MULTIPLIER + INCREMENT;
            masked[i] = (char) (value[i] ^ (pad >>> 15));
        }
        return masked;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Secret)) {
            return false;
        }
        Secret that = (Secret) other;
        if (plain != null && that.plain != null) {
            return plain.equals(that.plain);
        }
        int length = length();
        if (length != that.length()) {
            return false;
        }
        int pad = length;
        for (int i = 0; i < length; i++) {
            pad = pad * MULTIPLIER + INCREMENT;
            if (charAt(i, pad) != that.charAt(i, pad)) {
                return false;
            }
        }
        return true;
    }

    /** -1 = there is none. */
    private int length() {
        return plain != null ? plain.length() : masked != null ? masked.length : -1;
    }

    private char charAt(int i, int pad) {
        if (plain != null) {
            return plain.charAt(i);
        }
        return masked == null ? 0 : (char) (masked[i] ^ (pad >>> 15));
    }

    /** The same for all: a hash would tell of what it is made. */
    @Override
    public int hashCode() {
        return 1;
    }

    @Override
    public String toString() {
        return "a secret";
    }
}

package dev.poolwright.control.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** The secret that opens the page: 128 random bits, others with each start of the JVM. */
final class Token {

    private static final int BYTES = 16;
    private static final String DIGITS = "0123456789abcdef";

    private Token() {}

    static String fresh() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        StringBuilder text = new StringBuilder(2 * BYTES);
        for (byte each : random) {
            text.append(DIGITS.charAt((each >> 4) & 0xf)).append(DIGITS.charAt(each & 0xf));
        }
        return text.toString();
    }

    /** Takes as long wherever they differ. */
    static boolean same(String token, String said) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.poolwright.engine.key;

/**
 * What the names of properties give away. On the way of every call: one pass over a name, nothing allocated, about a
 * nanosecond per letter.
 */
final class Words {

    /** A password, a token. */
    static final int SECRET = 1;

    /** How to log in as somebody whom only JAAS knows. */
    static final int LOGIN = 2;

    private Words() {}

    /** {@link #SECRET}, {@link #LOGIN}, both or 0; {@code text} may be a whole URL. */
    static int of(String text) {
        int found = 0;
        for (int i = text.length() - 3; i >= 0; i--) {
            switch (text.charAt(i) | 0x20) { // small, as far as it is a letter
                case 'p':
                    found |= isAt(text, i, "pass") || isAt(text, i, "pwd") ? SECRET : 0;
                    break;
                case 's':
                    found |= isAt(text, i, "secret") ? SECRET : 0;
                    break;
                case 't':
                    found |= isAt(text, i, "token") ? SECRET : 0;
                    break;
                case 'g':
                    found |= isAt(text, i, "gss") ? LOGIN : 0;
                    break;
                case 'j':
                    found |= isAt(text, i, "jaas") ? LOGIN : 0;
                    break;
                case 'k':
                    found |= isAt(text, i, "kerberos") || isAt(text, i, "krb") ? LOGIN : 0;
                    break;
                case 'i':
                    found |= isAt(text, i, "integratedSecurity") ? LOGIN : 0;
                    break;
                case 'a':
                    found |= isAt(text, i, "authentication") ? LOGIN : 0;
                    break;
                default:
                    break;
            }
        }
        return found;
    }

    private static boolean isAt(String text, int index, String word) {
        return text.regionMatches(true, index, word, 0, word.length());
    }
}

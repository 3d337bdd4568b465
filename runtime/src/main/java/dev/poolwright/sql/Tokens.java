package dev.poolwright.sql;

/**
 * The pieces of a SQL text, one after the other. Belongs to one thread.
 *
 * <p>Exact where quotes and comments begin and end, because what is taken for one hides what it contains. Whatever may be
 * read in two ways is {@link #UNKNOWN}, but for backslashes before quotes: whether they escape is a setting of the
 * server, so {@link #isAmbiguous} asks for a second reading.
 */
public final class Tokens {

    static final int END = 0;
    static final int WORD = 1;
    static final int QUOTED = 2;
    static final int TEXT = 3;
    static final int NUMBER = 4;
    static final int PARAMETER = 5;
    static final int VARIABLE = 6;
    static final int MARK = 7;

    /** Not understood; nothing after it is read. */
    static final int UNKNOWN = 8;

    private final String sql;
    private final Syntax syntax;
    private final boolean escapes;
    private int at;
    private int kind = END;
    private int start;
    private boolean ambiguous;
    private boolean unterminated;

    /** @param escapes whether a backslash escapes in an ordinary text */
    Tokens(String sql, Syntax syntax, boolean escapes) {
        this.sql = sql;
        this.syntax = syntax;
        this.escapes = escapes;
    }

    int kind() {
        return kind;
    }

    /** As written. */
    String text() {
        return sql.substring(start, at);
    }

    int start() {
        return start;
    }

    int end() {
        return at;
    }

    /** The character of a {@link #MARK}; {@code :=} is {@code '='} with {@link #isAssignment}. */
    char mark() {
        return kind == MARK ? sql.charAt(start) : 0;
    }

    boolean isAssignment() {
        return kind == MARK && at - start == 2;
    }

    /** Whether a text ended, or did not, because of a backslash before a quote. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** Whether it is {@link #UNKNOWN} because a text has no end: no server runs such a thing. */
    boolean isUnterminated() {
        return unterminated;
    }

    /** Whether the next piece is an opening parenthesis; does not move. */
    boolean parenthesisFollows() {
        int here = at;
        boolean blanks = skipBlanks();
        boolean follows = blanks && at < sql.length() && sql.charAt(at) == '(';
        at = here;
        return follows;
    }

    /** Whether {@code mark} follows at once. */
    boolean isFollowedBy(char mark) {
        return at < sql.length() && sql.charAt(at) == mark;
    }

    /** Moves to the next piece. */
    void next() {
        if (kind == UNKNOWN) {
            return;
        }
        if (!skipBlanks()) {
            unknown();
            return;
        }
        start = at;
        if (at >= sql.length()) {
            kind = END;
            return;
        }
        char c = sql.charAt(at);
        if (isNameStart(c)) {
            word();
        } else if (c == '\'') {
            string('\'', escapes, TEXT);
        } else if (c == '"') {
            quoted();
        } else if ((c >= '0' && c <= '9') || (c == '.' && isDigit(at + 1))) {
            number();
        } else {
            special(c);
        }
    }

    private void special(char c) {
        switch (c) {
            case '`':
                if (syntax.has(Syntax.BACKTICKS)) {
                    string('`', false, QUOTED);
                } else {
                    unknown();
                }
                return;
            case '[':
                if (syntax.has(Syntax.BRACKETS)) {
                    string(']', false, QUOTED);
                    return;
                }
                break;
            case '?':
                take(PARAMETER);
                return;
            case '$':
                dollar();
                return;
            case '@':
                if (syntax.has(Syntax.VARIABLES)) {
                    variable();
                    return;
                }
                break;
            case ':':
                if (at + 1 < sql.length() && sql.charAt(at + 1) == '=') {
                    at++;
                }
                break;
            case '/':
                if (at + 1 < sql.length() && sql.charAt(at + 1) == '/') {
                    unknown(); // a comment to some
                    return;
                }
                break;
            case '\\':
                unknown();
                return;
            default:
                if (c < ' ' || c > 0x7e) {
                    unknown();
                    return;
                }
        }
        take(MARK);
    }

    private void take(int newKind) {
        at++;
        kind = newKind;
    }

    private void unknown() {
        kind = UNKNOWN;
        at = sql.length();
    }

    private boolean isDigit(int index) {
        return index < sql.length() && sql.charAt(index) >= '0' && sql.charAt(index) <= '9';
    }

    private boolean isNameStart(char c) {
        return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
                || c == '_'
                || (c > 0x7f && Character.isLetter(c))
                || (c == '#' && syntax.has(Syntax.HASH_IN_NAMES));
    }

    private boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9') || c == '$' || (c > 0x7f && Character.isLetterOrDigit(c));
    }

    private void word() {
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        kind = WORD;
        if (at == sql.length() || sql.charAt(at) != '\'') {
            return;
        }
        boolean single = at - start == 1;
        char first = (char) (sql.charAt(start) | 0x20);
        if ((first == 'q' && single) || (first == 'n' && at - start == 2)) {
            unknown(); // Oracle's q'[..]' and nq'[..]'
        } else if (single && first == 'e' && syntax.has(Syntax.ESCAPE_TEXTS)) {
            string('\'', true, TEXT);
            if (kind == TEXT && isContinued()) {
                unknown();
            }
        } else {
            string('\'', escapes, TEXT); // N'..', X'..', _utf8'..', DATE'..'
        }
    }

    /** Whether another text follows, which is then a part of this one. */
    private boolean isContinued() {
        int here = at;
        boolean follows = skipBlanks() && at < sql.length() && sql.charAt(at) == '\'';
        at = here;
        return follows;
    }

    /** A text or name up to {@code quote}, which stands for itself when it is there twice. */
    private void string(char quote, boolean backslashEscapes, int newKind) {
        int i = at + 1;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\\' && quote == '\'') {
                ambiguous |= endsIn(i + 1);
                i += backslashEscapes ? 2 : 1;
            } else if (c == quote) {
                if (i + 1 == sql.length() || sql.charAt(i + 1) != quote) {
                    at = i + 1;
                    kind = newKind;
                    return;
                }
                i += 2;
            } else {
                i++;
            }
        }
        unterminated = true;
        unknown();
    }

    /** Whether a quote follows, after any number of backslashes. */
    private boolean endsIn(int index) {
        int i = index;
        while (i < sql.length() && sql.charAt(i) == '\\') {
            i++;
        }
        return i < sql.length() && sql.charAt(i) == '\'';
    }

    /** A name; with MySQL a text, unless the server has been told otherwise: no backslash may be in it then. */
    private void quoted() {
        string('"', false, QUOTED);
        if (kind == QUOTED && syntax.has(Syntax.DOUBLE_QUOTED_TEXTS) && text().indexOf('\\') >= 0) {
            unknown();
        }
    }

    /** Digits, a fraction, an exponent; what sticks to it and is none of that could be a word to the server. */
    private void number() {
        boolean hexadecimal = sql.charAt(at) == '0' && at + 1 < sql.length() && (sql.charAt(at + 1) | 0x20) == 'x';
        at += hexadecimal ? 2 : 1;
        while (at < sql.length() && (isDigit(at) || sql.charAt(at) == '.' || (hexadecimal && isHexadecimal(at)))) {
            at++;
        }
        if (!hexadecimal && at < sql.length() && (sql.charAt(at) | 0x20) == 'e') {
            int digits = at + 1;
            if (digits < sql.length() && (sql.charAt(digits) == '-' || sql.charAt(digits) == '+')) {
                digits++;
            }
            if (isDigit(digits)) {
                at = digits;
                while (isDigit(at)) {
                    at++;
                }
            }
        }
        kind = NUMBER;
        if (at < sql.length() && isNamePart(sql.charAt(at))) {
            unknown();
        }
    }

    private boolean isHexadecimal(int index) {
        int c = sql.charAt(index) | 0x20;
        return c >= 'a' && c <= 'f';
    }

    /** {@code $1}, {@code $$..$$} or {@code $tag$..$tag$}. */
    private void dollar() {
        if (isDigit(at + 1)) {
            take(PARAMETER);
            while (isDigit(at)) {
                at++;
            }
            return;
        }
        int end = at + 1;
        while (end < sql.length() && isNamePart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (!syntax.has(Syntax.DOLLAR_QUOTES) || end >= sql.length() || sql.charAt(end) != '$') {
            unknown();
            return;
        }
        String tag = sql.substring(at, end + 1);
        int closing = sql.indexOf(tag, end + 1);
        if (closing < 0) {
            unknown();
            return;
        }
        at = closing + tag.length();
        kind = TEXT;
    }

    /** {@code @name} or {@code @@name}; a quote after it is the next piece. */
    private void variable() {
        at++;
        while (at < sql.length() && (sql.charAt(at) == '@' || isNamePart(sql.charAt(at)))) {
            at++;
        }
        kind = VARIABLE;
    }

    /** Skips blanks and comments; false if a comment cannot be understood. */
    private boolean skipBlanks() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == ' ' || (c >= '\t' && c <= '\r' && c != 0x0b)) {
                at++;
            } else if (c == '-' && isLineComment()) {
                if (!skipLine()) {
                    return false;
                }
            } else if (c == '#' && syntax.has(Syntax.HASH_COMMENTS)) {
                if (!skipLine()) {
                    return false;
                }
            } else if (c == '/' && at + 1 < sql.length() && sql.charAt(at + 1) == '*') {
                if (!skipComment()) {
                    return false;
                }
            } else {
                return true;
            }
        }
        return true;
    }

    /** MySQL wants a blank after the dashes: without one they are two minus signs. */
    private boolean isLineComment() {
        return at + 1 < sql.length()
                && sql.charAt(at + 1) == '-'
                && (!syntax.has(Syntax.DASHES_NEED_BLANK) || at + 2 == sql.length() || sql.charAt(at + 2) <= ' ');
    }

    /** To the end of the line; a carriage return alone is one to some and not to others. */
    private boolean skipLine() {
        int end = sql.indexOf('\n', at);
        end = end < 0 ? sql.length() : end;
        int carriage = sql.indexOf('\r', at);
        if (carriage >= 0 && (carriage < end - 1 || (carriage == end - 1 && end == sql.length()))) {
            return false;
        }
        at = end;
        return true;
    }

    /** One inside another ends where the database says; and MySQL runs what is in some. */
    private boolean skipComment() {
        int end = sql.indexOf("*/", at + 2);
        int inner = sql.indexOf("/*", at + 2);
        if (end < 0 || (inner >= 0 && inner < end) || sql.startsWith("!", at + 2) || sql.startsWith("M!", at + 2)) {
            return false;
        }
        at = end + 2;
        return true;
    }
}

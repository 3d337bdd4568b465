package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/** The current piece of a text, the one before it, and the parentheses around it. Belongs to one thread. */
final class Pieces {

    /** Deeper parentheses are not understood. */
    private static final int DEEPEST = 64;

    final Tokens tokens;

    /** The current piece in lower case if it is a word, otherwise empty; and those before it. */
    String word = "";

    int previousKind;
    char previousMark;
    String previousWord = "";
    boolean previousClosesCall;

    /** Open parentheses; the bits say which of them belong to calls. */
    int depth;

    private long calls;

    private final String sql;
    private final Syntax syntax;

    Pieces(String sql, Syntax syntax, boolean escapes) {
        this.sql = sql;
        this.syntax = syntax;
        this.tokens = new Tokens(sql, syntax, escapes);
    }

    /** Moves to the next piece. */
    void next() {
        boolean wasClosing = tokens.mark() == ')';
        previousClosesCall = wasClosing && (calls >>> (depth + 1) & 1) != 0;
        previousKind = tokens.kind();
        previousMark = tokens.mark();
        previousWord = word;
        tokens.next();
        word = tokens.kind() == Tokens.WORD ? Words.fold(tokens.text()) : "";
    }

    /** A statement begins here: no parenthesis is open. */
    void begins() {
        depth = 0;
        calls = 0;
    }

    /** A parenthesis around a statement. */
    void opens() {
        depth++;
    }

    /** A parenthesis, of a {@code call} or not; false if there are too many. */
    boolean opens(boolean call) {
        depth++;
        if (depth >= DEEPEST) {
            return false;
        }
        calls = call ? calls | 1L << depth : calls & ~(1L << depth);
        return true;
    }

    /** A parenthesis ends. */
    void closes() {
        depth--;
    }

    // -- looks ahead and back, which move nothing

    private boolean isMark(char mark) {
        return tokens.mark() == mark;
    }

    /** Whether the function whose name is the current piece is called with any argument. */
    boolean hasArguments() {
        Tokens ahead = new Tokens(sql.substring(tokens.end()), syntax, true);
        ahead.next();
        ahead.next();
        return ahead.mark() != ')';
    }

    /** What stands between the quotes of the current piece if it is a text without any oddity, otherwise null. */
    @Nullable
    String literal() {
        String text = tokens.kind() == Tokens.TEXT ? tokens.text() : "";
        boolean ordinary = text.length() >= 2
                && text.charAt(0) == '\''
                && text.indexOf('\\') < 0
                && text.indexOf('\'', 1) == text.length() - 1;
        return ordinary ? text.substring(1, text.length() - 1) : null;
    }

    /**
     * An argument of the function whose name is the current piece, counted from 0: what stands in its quotes if it is an
     * ordinary text, a word in lower case, or null for anything else.
     */
    @Nullable
    String argument(int index) {
        Pieces ahead = new Pieces(sql.substring(tokens.end()), syntax, true);
        ahead.next();
        ahead.next();
        for (int i = 0; i < index; i++) {
            ahead.next();
            if (!ahead.isMark(',')) {
                return null;
            }
            ahead.next();
        }
        String found = ahead.word.isEmpty() ? ahead.literal() : ahead.word;
        ahead.next();
        return ahead.isMark(',') || ahead.isMark(')') ? found : null;
    }

    /** Whether the text has, before the current piece, a word that is none of {@code expected} and no function. */
    boolean hasWordBefore(Words expected) {
        Tokens again = new Tokens(sql, syntax, true);
        boolean dot = false;
        for (again.next(); again.start() < tokens.start() && again.kind() != Tokens.UNKNOWN; again.next()) {
            String found = again.kind() == Tokens.WORD ? Words.fold(again.text()) : "";
            boolean named = dot || again.isFollowedBy('.');
            if (!found.isEmpty() && !named && !again.parenthesisFollows() && !expected.contains(found)) {
                return true;
            }
            if (dot && !found.isEmpty() && !expected.contains(found)) {
                return true; // package.function
            }
            dot = again.mark() == '.';
        }
        return false;
    }
}

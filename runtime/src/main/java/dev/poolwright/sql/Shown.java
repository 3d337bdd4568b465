package dev.poolwright.sql;

/**
 * A text as it may be shown to people who must not see its data: names and keywords as they are, a question mark for every
 * literal, no comments. What is not understood is left out, and all that follows it.
 */
final class Shown {

    private static final int LONGEST = 200;
    private static final String CUT = "...";

    private Shown() {}

    static String of(Syntax syntax, String sql) {
        Tokens tokens = new Tokens(sql, syntax, true);
        StringBuilder shown = new StringBuilder();
        int end = 0;
        for (tokens.next(); tokens.kind() != Tokens.END; tokens.next()) {
            // Whether a backslash escapes a quote is not known: from there on anything may be data.
            if (tokens.kind() == Tokens.UNKNOWN || tokens.isAmbiguous() || shown.length() > LONGEST) {
                return shown.append(shown.length() == 0 ? "" : " ").append(CUT).toString();
            }
            if (tokens.start() > end && shown.length() > 0) {
                shown.append(' ');
            }
            end = tokens.end();
            String piece = tokens.text();
            shown.append(isData(tokens.kind(), piece) ? "?" : piece);
        }
        return shown.toString();
    }

    /** Some databases take what stands in double quotes for text. */
    private static boolean isData(int kind, String piece) {
        return kind == Tokens.TEXT || kind == Tokens.NUMBER || (kind == Tokens.QUOTED && piece.charAt(0) == '"');
    }
}

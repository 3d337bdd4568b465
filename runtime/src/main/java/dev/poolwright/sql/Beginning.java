package dev.poolwright.sql;

/** What is said of a statement: the words it begins with, up to the first thing that could be data. */
final class Beginning {

    private static final int LONGEST = 80;

    private Beginning() {}

    /** The beginning of the statement that is all of {@code sql}, or its first. */
    static String of(String sql, Syntax syntax) {
        StringBuilder said = new StringBuilder();
        Tokens tokens = new Tokens(sql, syntax, false);
        for (tokens.next(); said.length() < LONGEST; tokens.next()) {
            boolean dot = tokens.mark() == '.';
            if (said.length() == 0
                    && (tokens.mark() == '{' || tokens.mark() == '=' || tokens.kind() == Tokens.PARAMETER)) {
                continue; // {? = call ..}
            }
            if (tokens.kind() != Tokens.WORD && tokens.kind() != Tokens.VARIABLE && !dot) {
                break;
            }
            String piece = tokens.text();
            String folded = Words.fold(piece);
            if (folded.equals("to")) {
                break;
            }
            boolean joined = dot || said.length() == 0 || said.charAt(said.length() - 1) == '.';
            said.append(joined ? "" : " ").append(piece);
            if (Keywords.BEFORE_SECRETS.contains(folded)) {
                break;
            }
        }
        return said.length() == 0 ? "?" : said.toString();
    }
}

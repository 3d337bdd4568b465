package dev.poolwright.sql;

import java.util.Locale;

/** The words a SQL statement begins with, comments left out. Belongs to one thread. */
public final class LeadingWords {

    private final String sql;
    private int at;

    /** @param start where the statement begins in {@code sql} */
    public LeadingWords(String sql, int start) {
        this.sql = sql;
        this.at = start;
    }

    /** The next word in upper case; empty if something else comes, or nothing. */
    public String next() {
        skipBlanksAndComments();
        int start = at;
        while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at).toUpperCase(Locale.ROOT);
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (sql.charAt(at) <= ' ') {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = after("\n");
            } else if (sql.startsWith("/*", at)) {
                at = after("*/");
            } else {
                return;
            }
        }
    }

    private int after(String end) {
        int found = sql.indexOf(end, at + 2);
        return found < 0 ? sql.length() : found + end.length();
    }
}

package dev.poolwright.sql;

/** What running a statement means for the connections that are idle meanwhile. */
public enum IdleEffect {
    /** Nothing. */
    NONE,
    /** Their prepared statements may no longer be what the tables are: they are replaced once it has run. */
    PLANS_STALE,
    /** It needs a server, a database or a user without them: those to its server are closed before it runs. */
    IN_THE_WAY;

    /**
     * Whether running {@code sql} may mean something: it is, or holds, a statement that begins like ALTER, CREATE, DROP,
     * SHUTDOWN or a comment. Asked before a text is read any further, so it looks at no more than that.
     */
    public static boolean mayBeOf(String sql) {
        for (int start = 0; start >= 0; start = nextStatement(sql, start)) {
            if (beginsSo(sql, start)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Behind the next semicolon, or -1. One inside of quotes counts as well: each database quotes in its own ways, and a
     * statement that is none costs idle connections at the worst.
     */
    static int nextStatement(String sql, int from) {
        int semicolon = sql.indexOf(';', from);
        return semicolon < 0 ? -1 : semicolon + 1;
    }

    private static boolean beginsSo(String sql, int from) {
        int start = from;
        while (start < sql.length() && sql.charAt(start) <= ' ') {
            start++;
        }
        if (start + 1 >= sql.length()) {
            return false;
        }
        int second = sql.charAt(start + 1) | 0x20;
        switch (sql.charAt(start) | 0x20) {
            case 'a':
                return second == 'l';
            case 'c':
            case 'd':
                return second == 'r';
            case 's':
                return second == 'h';
            case '/':
            case '-':
                return true;
            default:
                return false;
        }
    }
}

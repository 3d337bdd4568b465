package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * The verdicts on the texts of one database, each text read once: applications use the same few hundred again and again,
 * most of them constants.
 *
 * <p>Safe for any thread: entries are immutable, and a race reads a text twice. Bounded: two places per hash, and no long
 * texts.
 */
public final class Verdicts {

    private static final int PLACES = 1024;

    /** Longer ones are read each time: they are rare, and what runs them costs far more. */
    private static final int LONGEST = 2_000;

    private final @Nullable Known[] known = new Known[PLACES];
    private final Syntax syntax;

    public Verdicts(Syntax syntax) {
        this.syntax = syntax;
    }

    /** The verdict on {@code sql}. */
    @SuppressWarnings("ReferenceEquality") // of the same object, mostly: no comparing of characters
    public Verdict of(String sql) {
        int place = place(sql);
        Known first = known[place];
        if (first != null && first.sql == sql) {
            return first.verdict;
        }
        return ofEqual(sql, place, first);
    }

    private static int place(String sql) {
        int hash = sql.hashCode();
        return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
    }

    private Verdict ofEqual(String sql, int place, @Nullable Known first) {
        if (first != null && first.sql.equals(sql)) {
            return first.verdict;
        }
        Known second = known[place ^ 1];
        if (second != null && second.sql.equals(sql)) {
            return second.verdict;
        }
        Verdict verdict = Reading.of(syntax, sql);
        if (sql.length() <= LONGEST) {
            known[place ^ 1] = first;
            known[place] = new Known(sql, verdict);
        }
        return verdict;
    }

    private static final class Known {
        final String sql;
        final Verdict verdict;

        Known(String sql, Verdict verdict) {
            this.sql = sql;
            this.verdict = verdict;
        }
    }
}

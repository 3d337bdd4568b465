package dev.poolwright.sql;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on the texts of one database, each text read once: applications use the same few hundred again and again,
 * most of them constants.
 *
 * <p>Safe for any thread: entries are immutable, and a race reads a text twice. Bounded: when there are too many, all but the
 * latest are forgotten, and long ones are not kept.
 */
public final class Verdicts {

    private static final int PLACES = 2048;
    private static final int MOST = 2 * PLACES;

    /** Longer ones are read each time: they are rare, and what runs them costs far more. */
    private static final int LONGEST = 2_000;

    /** By hash, one each: whatever was asked for last. */
    private final @Nullable Verdict[] latest = new Verdict[PLACES];

    private final ConcurrentHashMap<String, Verdict> known = new ConcurrentHashMap<>();
    private final Syntax syntax;

    public Verdicts(Syntax syntax) {
        this.syntax = syntax;
    }

    /** The verdict on {@code sql}. */
    @SuppressWarnings("ReferenceEquality") // of the same object, mostly: no comparing of characters
    public Verdict of(String sql) {
        int place = sql.hashCode() & (PLACES - 1);
        Verdict found = latest[place];
        return found != null && found.sql == sql ? found : ofOther(sql, place, found);
    }

    /** The text of a verdict as it may be shown: without comments, and with a question mark for every literal. */
    public String shown(Verdict text) {
        return Shown.of(syntax, text.sql);
    }

    private Verdict ofOther(String sql, int place, @Nullable Verdict found) {
        if (found != null && found.sql.equals(sql)) {
            return found;
        }
        Verdict earlier = known.get(sql);
        if (earlier == null) {
            earlier = Reading.of(syntax, sql);
            if (sql.length() > LONGEST) {
                return earlier;
            }
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(sql, earlier);
        }
        latest[place] = earlier;
        return earlier;
    }
}

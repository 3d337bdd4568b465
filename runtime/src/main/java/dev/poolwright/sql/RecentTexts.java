package dev.poolwright.sql;

import org.jspecify.annotations.Nullable;

/**
 * The texts that one connection was given of late, with their verdicts: most borrowers give the same few to the same
 * connections, and here they are found without a look into what all connections share.
 *
 * <p>Which was the last is a number. To store a reference into an old object costs G1 a fence, more than all the rest of a
 * look; so one is stored only for a text that is not here.
 *
 * <p>For the threads of one borrow: when several race, each gets the right verdict, and either's text is the last. Whoever
 * looks from outside may miss the latest.
 */
public final class RecentTexts {

    /** 4 KiB for each connection, a small part of what its driver keeps; some hundred texts find a place of their own. */
    private static final int PLACES = 1_024;

    private static final int SECOND = 10; // the bits of the hash that the first place is not made of
    private static final int NONE = -1;
    private static final int ONCE = -2;

    private final @Nullable Verdict[] recent = new Verdict[PLACES];
    private int last = NONE;

    /**
     * A text that is met for the first time anywhere, or is too long to be known again: many applications make a new one for each
     * row, and a place each would keep them all.
     */
    private @Nullable Verdict once;

    /** The verdict on {@code sql}, which becomes the last text. */
    @SuppressWarnings("ReferenceEquality") // of the same object, mostly: no comparing of characters
    public Verdict of(String sql, Verdicts all) {
        int place = sql.hashCode() & (PLACES - 1);
        Verdict found = recent[place];
        if (found == null || found.sql != sql) {
            return ofOther(sql, place, all);
        }
        last = place;
        return found;
    }

    /** An equal text, as applications build them anew each time; or a text in its second place, where another is in its first. */
    private Verdict ofOther(String sql, int first, Verdicts all) {
        Verdict found = recent[first];
        if (found != null && found.sql.equals(sql)) {
            last = first;
            return found;
        }
        int second = (sql.hashCode() >>> SECOND) & (PLACES - 1);
        found = recent[second];
        if (found != null && found.sql.equals(sql)) {
            last = second;
            return found;
        }
        Verdict known = all.of(sql);
        if (!known.isMetAgain()) {
            once = known;
            last = ONCE;
            return known;
        }
        Verdict taken = recent[first];
        int place = taken == null || taken == known ? first : second;
        if (recent[place] != known) { // equal texts have one verdict
            recent[place] = known;
        }
        last = place;
        return known;
    }

    /** There is no last text: a borrow begins, or something was given that nobody has read. */
    public void noLast() {
        last = NONE;
    }

    /** The verdict on the last text; null if there is none. */
    public @Nullable Verdict last() {
        int place = last;
        return place >= 0 ? recent[place] : place == ONCE ? once : null;
    }
}

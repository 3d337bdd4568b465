package dev.poolwright.jdbc;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open statements of one borrow that its newest field does not hold: a few strongly, older ones weakly, so that a
 * program that forgets 150,000 of them lives as it does without us.
 *
 * <p>Those of the borrowing thread are touched by it alone, inside a call, and by the closer once no call can be in
 * flight; those of other threads are behind a lock.
 */
final class Children {

    private static final int STRONG = 7;
    private static final int FIRST_SWEEP = 64;

    private final @Nullable ChildHandle[] strong = new ChildHandle[STRONG];
    private int next;
    private @Nullable OlderChildren older;

    /** Where those were opened, and the newest; made once so many are open that one wants to know. */
    private StatementLines.@Nullable Sighting @Nullable [] sightings;

    private StatementLines.@Nullable Sighting newest;

    /** Some were closed where that could not be seen here. Any thread. */
    private volatile boolean closedUnseen;

    private final Object othersLock = new Object();
    private final List<WeakReference<ChildHandle>> ofOtherThreads = new ArrayList<>(0);
    private int sweepOthersAt = FIRST_SWEEP;

    /** Remembers {@code child}; the oldest strong one makes room. By the borrowing thread. */
    void add(ChildHandle child, StatementLines lines) {
        ChildHandle oldest = strong[next];
        StatementLines.Sighting[] seen = sightings;
        if (oldest != null) {
            OlderChildren all = older;
            if (all == null) {
                all = new OlderChildren(lines);
                older = all;
            }
            all.add(oldest, seen == null ? null : seen[next]);
        }
        strong[next] = child;
        if (seen != null) {
            seen[next] = newest;
        }
        next = (next + 1) % STRONG;
    }

    /**
     * One more was opened: looks at where, if there are many, and for some that are forgotten. By the borrowing thread.
     */
    void opened(ConnectionHandle connection) {
        OlderChildren all = older;
        if (all == null) {
            return;
        }
        all.forgetUnreachable(closedUnseen, connection);
        int younger = 1 + strongOnes();
        newest = all.sightingOfNext(younger);
        if (newest != null) {
            if (sightings == null) {
                sightings = new StatementLines.Sighting[STRONG];
            }
            all.tellIfTooMany(younger, connection);
        }
    }

    private int strongOnes() {
        int count = 0;
        for (ChildHandle child : strong) {
            if (child != null) {
                count++;
            }
        }
        return count;
    }

    /** Forgets {@code child}, which is closed. By the borrowing thread. */
    void remove(ChildHandle child) {
        for (int i = 0; i < STRONG; i++) {
            if (strong[i] == child) {
                strong[i] = null;
                return;
            }
        }
        if (older != null) {
            older.remove(child);
        }
    }

    /** One was closed, or will be, without a {@link #remove}. */
    void closedUnseen() {
        closedUnseen = true;
    }

    /** Remembers {@code child} of another thread. */
    void addOfOtherThread(ChildHandle child) {
        synchronized (othersLock) {
            ofOtherThreads.add(new WeakReference<>(child));
            if (ofOtherThreads.size() >= sweepOthersAt) {
                List<WeakReference<ChildHandle>> left = sweep(ofOtherThreads);
                ofOtherThreads.clear();
                ofOtherThreads.addAll(left);
                sweepOthersAt = Math.max(FIRST_SWEEP, 2 * left.size());
            }
        }
    }

    /** All that are still reachable. By the closer, when no call is in flight. */
    List<ChildHandle> all() {
        List<ChildHandle> all = new ArrayList<>();
        for (ChildHandle child : strong) {
            if (child != null) {
                all.add(child);
            }
        }
        if (older != null) {
            older.addReachable(all);
        }
        synchronized (othersLock) {
            for (WeakReference<ChildHandle> reference : ofOtherThreads) {
                ChildHandle child = reference.get();
                if (child != null) {
                    all.add(child);
                }
            }
        }
        return all;
    }

    /** Whether some are open that may be unreachable. */
    boolean mayHaveForgotten() {
        return older != null && older.size() > 0;
    }

    /** Closes what the driver has of those that are not reachable any longer. By the closer, when no call is in flight. */
    void closeForgotten(ConnectionHandle connection) {
        if (older != null) {
            older.forgetAllUnreachable(closedUnseen, connection);
        }
    }

    private static List<WeakReference<ChildHandle>> sweep(List<WeakReference<ChildHandle>> references) {
        List<WeakReference<ChildHandle>> left = new ArrayList<>();
        for (WeakReference<ChildHandle> reference : references) {
            if (reference.get() != null) {
                left.add(reference);
            }
        }
        return left;
    }
}

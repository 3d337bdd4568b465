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
    private List<WeakReference<ChildHandle>> older = new ArrayList<>(0);
    private int sweepAt = FIRST_SWEEP;

    private final Object othersLock = new Object();
    private final List<WeakReference<ChildHandle>> ofOtherThreads = new ArrayList<>(0);
    private int sweepOthersAt = FIRST_SWEEP;

    /** Remembers {@code child}; the oldest strong one makes room. By the borrowing thread. */
    void add(ChildHandle child) {
        ChildHandle oldest = strong[next];
        if (oldest != null) {
            older.add(new WeakReference<>(oldest));
            if (older.size() >= sweepAt) {
                older = sweep(older);
                sweepAt = Math.max(FIRST_SWEEP, 2 * older.size());
            }
        }
        strong[next] = child;
        next = (next + 1) % STRONG;
    }

    /** Forgets {@code child}, which is closed; a weak entry of it is left to a sweep. By the borrowing thread. */
    void remove(ChildHandle child) {
        for (int i = 0; i < STRONG; i++) {
            if (strong[i] == child) {
                strong[i] = null;
                return;
            }
        }
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
        addReachable(older, all);
        synchronized (othersLock) {
            addReachable(ofOtherThreads, all);
        }
        return all;
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

    private static void addReachable(List<WeakReference<ChildHandle>> references, List<ChildHandle> to) {
        for (WeakReference<ChildHandle> reference : references) {
            ChildHandle child = reference.get();
            if (child != null) {
                to.add(child);
            }
        }
    }
}

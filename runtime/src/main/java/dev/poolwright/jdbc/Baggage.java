package dev.poolwright.jdbc;

import dev.poolwright.sql.Verdict;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What few borrows have to remember, apart from the handle, so that the others do not pay for it: each borrow makes a
 * handle. Any thread may call anything but what is said to be the borrower's.
 */
final class Baggage {

    private static final AtomicIntegerFieldUpdater<Baggage> DIRTY =
            AtomicIntegerFieldUpdater.newUpdater(Baggage.class, "dirty");
    private static final AtomicReferenceFieldUpdater<Baggage, Children> CHILDREN =
            AtomicReferenceFieldUpdater.newUpdater(Baggage.class, Children.class, "children");

    private volatile int dirty;
    private volatile @Nullable Children children;
    private volatile boolean escaped;
    private volatile boolean warningsCleared;
    private volatile @Nullable LeftOpen leftOpen;
    private volatile @Nullable TakenAway takenAway;
    private @Nullable MetaDataHandle metaData;
    private volatile @Nullable Verdict cause;

    /** Session properties set by other threads than the borrower, as bits of {@link SessionDefaults}. */
    int dirty() {
        return dirty;
    }

    void markDirty(int property) {
        int seen;
        do {
            seen = dirty;
        } while (!DIRTY.compareAndSet(this, seen, seen | property));
    }

    /** Open statements beyond the newest one of the borrower, or null. */
    @Nullable
    Children children() {
        return children;
    }

    /** The same, made if there are none. */
    Children childrenMade() {
        Children known = children;
        if (known != null) {
            return known;
        }
        Children fresh = new Children();
        return CHILDREN.compareAndSet(this, null, fresh) ? fresh : childrenMade();
    }

    /** The first text that made the session dirty, or null; of several threads' any. */
    @Nullable
    Verdict cause() {
        return cause;
    }

    void causedBy(Verdict text) {
        if (cause == null) {
            cause = text;
        }
    }

    /** What stayed open at the close, or null. */
    @Nullable
    LeftOpen leftOpen() {
        return leftOpen;
    }

    void leftOpen(LeftOpen left) {
        leftOpen = left;
    }

    /** Why its holder has it no longer without having closed it, or null. */
    @Nullable
    TakenAway takenAway() {
        return takenAway;
    }

    void takenAway(TakenAway why) {
        takenAway = why;
    }

    boolean isEscaped() {
        return escaped;
    }

    void markEscaped() {
        escaped = true;
    }

    boolean areWarningsCleared() {
        return warningsCleared;
    }

    void warningsCleared() {
        warningsCleared = true;
    }

    /** The latest that was handed out, to be the same when asked for again; or null. */
    @Nullable
    MetaDataHandle metaData() {
        return metaData;
    }

    void metaData(MetaDataHandle handle) {
        metaData = handle;
    }
}

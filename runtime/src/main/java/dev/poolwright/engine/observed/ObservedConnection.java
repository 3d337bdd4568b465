package dev.poolwright.engine.observed;

import dev.poolwright.event.TransactionEnd;
import org.jspecify.annotations.Nullable;

/** What is remembered of a driver's connection that another pool keeps. Used like it: by one thread at a time, mostly. */
final class ObservedConnection {

    private final ObservedDatabase database;

    /** Who is in a call that is observed: what the driver calls of its own in there is part of it. */
    private volatile @Nullable Thread caller;

    /** Whether something was sent since the last transaction ended. */
    private volatile boolean touched = true;

    /** Whether a statement of this connection was ever recognised; otherwise it counts as touched all the time. */
    private volatile boolean followed;

    /** Whether it has one that will not be recognised: then it counts as touched as well. */
    private volatile boolean lost;

    ObservedConnection(ObservedDatabase database) {
        this.database = database;
    }

    ObservedDatabase database() {
        return database;
    }

    /** Begins a call; false from inside another one. */
    boolean enter() {
        Thread current = Thread.currentThread();
        if (caller == current) {
            return false;
        }
        caller = current;
        return true;
    }

    void leave() {
        caller = null;
    }

    /** A statement of it is run. */
    void touch() {
        if (!followed) {
            followed = true;
        }
        if (!touched) {
            touched = true;
        }
    }

    /** It has a statement whose runs are not told. */
    void lose() {
        lost = true;
        touched = true;
    }

    /**
     * Whether there is a transaction to end. Where nobody knows, the application is believed if it says so; what it only
     * implies is not.
     */
    boolean isLive(TransactionEnd how) {
        return touched && (followed || how != TransactionEnd.IMPLICIT_COMMIT);
    }

    /** A transaction has ended. */
    void ended() {
        if (followed && !lost) {
            touched = false;
        }
    }
}

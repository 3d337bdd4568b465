package dev.poolwright.pool;

/** A check-out that nobody waits for, see {@link Pool#checkOutLater}. */
public interface Pending {

    /** Ends it, if it has not ended: whoever is next comes up. Any thread, at any time; blocks nobody. */
    void cancel();
}

package dev.poolwright.pool;

/**
 * What a pool asks of the outside. Every method may block; the pool calls them with no lock held, from any thread.
 *
 * @param <R> the resource
 */
public interface Lifecycle<R> {

    /**
     * Opens a resource. Only called by {@link Pool#checkOut}, never by {@link Pool#acquire}.
     *
     * @throws Exception whatever it fails with; the caller gets it unchanged
     */
    R open() throws Exception;

    /** Whether the resource still works; asked after it was idle for a while. Must not throw. */
    boolean isAlive(R resource);

    /** Closes the resource, rolling back what is open on it. Must not throw. */
    void close(R resource);

    /**
     * A look at a resource that is lent, at every tick of the housekeeper and on its thread. The borrower may be giving
     * it back at the same moment. Must not block and must not throw.
     */
    default void observeLent(R resource, long nowNanos) {}
}

package dev.poolwright.pool;

import java.util.concurrent.Callable;

/**
 * What a pool asks of the outside. Every method may block; the pool calls them with no lock held, from any thread.
 *
 * @param <R> the resource
 */
public interface Lifecycle<R> {

    /**
     * Opens a resource. Only for {@link Pool#checkOut}, never for {@link Pool#acquire}.
     *
     * @throws Exception whatever it fails with; the caller gets it unchanged
     */
    R open() throws Exception;

    /**
     * An {@link #open} that another thread may run in the place of the calling one. Made by the thread that asks for a
     * slot, so that it can take along what an opening sees of its thread.
     */
    default Callable<R> opening() {
        return new Callable<R>() {
            @Override
            public R call() throws Exception {
                return open();
            }
        };
    }

    /** Whether the resource still works; asked after it was idle for a while. Must not throw. */
    boolean isAlive(R resource);

    /** Closes the resource, rolling back what is open on it. Must not throw. */
    void close(R resource);

    /** The pool has the resource no more, and it stays open: somebody else's, or dead in a way that nobody may touch. */
    default void letGo(R resource) {}

    /**
     * A look at a resource that is lent, at every tick of the housekeeper and on its thread. The borrower may be giving
     * it back at the same moment. Must not block and must not throw.
     */
    default void observeLent(R resource, long nowNanos) {}
}

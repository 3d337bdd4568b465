package dev.poolwright.pool;

/**
 * Who has asked for a slot and does not wait for it. Exactly one of the two is called, once, on any thread but with no lock
 * held; it must neither block nor throw.
 *
 * @param <R> the resource
 */
public interface Receiver<R> {

    /** A slot with a resource, which is the receiver's from now on. */
    void receive(Slot<R> slot);

    /**
     * There is none.
     *
     * @param why what {@link Pool#checkOut} would have thrown; a {@code CancellationException} after {@link Pending#cancel}
     */
    void refused(Throwable why);
}

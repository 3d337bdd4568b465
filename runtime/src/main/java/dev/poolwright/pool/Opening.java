package dev.poolwright.pool;

/** What {@link Pool#checkOut} adds to {@link Pool#acquire}. */
public final class Opening {

    private Opening() {}

    /** The slot with a resource; opened if it had none, and its place given back if that fails. */
    public static <R> Slot<R> open(Pool<R> pool, Lifecycle<R> lifecycle, Slot<R> slot) throws Exception {
        if (slot.resource() != null) {
            return slot;
        }
        try {
            pool.fill(slot, lifecycle.open());
            return slot;
        } catch (Exception | Error failure) {
            pool.discard(slot);
            throw failure;
        }
    }
}

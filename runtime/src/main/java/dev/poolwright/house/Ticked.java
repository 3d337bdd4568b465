package dev.poolwright.house;

/** Something the {@link Housekeeper} looks after while it has anything to look after. */
public interface Ticked {

    /**
     * Does what is due. Called by the housekeeper only, one thread at a time.
     *
     * @return how much is to be watched on; 0 = nothing: then the clock of its {@link Housekeeper.Watch} is stopped, and
     *     it is ticked no more until that is started again
     */
    long tick(long nowNanos);
}

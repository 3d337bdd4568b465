package dev.poolwright.event;

/**
 * The counts of one engine's pool at a moment. Read without a lock: each number is right, their sum may be one off.
 *
 * <p>Immutable.
 */
public final class EngineStats {

    private final int size;
    private final int overflow;
    private final int leased;
    private final int idle;
    private final int waiting;
    private final long opened;
    private final long closed;

    /**
     * @param size     connections the pool keeps
     * @param overflow connections it may open beyond that; -1 = no limit
     * @param leased   connections lent now, those being opened included
     * @param idle     connections open and not lent
     * @param waiting  threads waiting for one
     * @param opened   connections opened since the engine was made
     * @param closed   connections closed since the engine was made
     */
    public EngineStats(int size, int overflow, int leased, int idle, int waiting, long opened, long closed) {
        this.size = size;
        this.overflow = overflow;
        this.leased = leased;
        this.idle = idle;
        this.waiting = waiting;
        this.opened = opened;
        this.closed = closed;
    }

    /** Connections the pool keeps. */
    public int size() {
        return size;
    }

    /** Connections the pool may open beyond {@link #size()}; -1 = no limit. */
    public int overflow() {
        return overflow;
    }

    /** Connections lent now, those being opened included. */
    public int leased() {
        return leased;
    }

    /** Connections open and not lent. */
    public int idle() {
        return idle;
    }

    /** Threads waiting for a connection. */
    public int waiting() {
        return waiting;
    }

    /** Connections opened since the engine was made. */
    public long opened() {
        return opened;
    }

    /** Connections closed since the engine was made. */
    public long closed() {
        return closed;
    }

    @Override
    public String toString() {
        return "size " + size + " + overflow " + (overflow < 0 ? "unlimited" : String.valueOf(overflow)) + ", " + leased
                + " leased, " + idle + " idle, " + waiting + " waiting";
    }
}

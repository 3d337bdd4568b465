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
    private final long resets;
    private final long resetClosings;

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
        this(size, overflow, leased, idle, waiting, opened, closed, 0, 0);
    }

    private EngineStats(
            int size,
            int overflow,
            int leased,
            int idle,
            int waiting,
            long opened,
            long closed,
            long resets,
            long resetClosings) {
        this.size = size;
        this.overflow = overflow;
        this.leased = leased;
        this.idle = idle;
        this.waiting = waiting;
        this.opened = opened;
        this.closed = closed;
        this.resets = resets;
        this.resetClosings = resetClosings;
    }

    /**
     * The same counts and those of what SQL text made necessary.
     *
     * @param resets   sessions reset since the engine was made
     * @param closings connections closed since then because their session could not be reset
     */
    public EngineStats withResets(long resets, long closings) {
        return new EngineStats(size, overflow, leased, idle, waiting, opened, closed, resets, closings);
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

    /** Connections closed since the engine was made, or let go of by {@code Engine.disposeWithoutClosing}. */
    public long closed() {
        return closed;
    }

    /** Sessions reset since the engine was made. */
    public long resets() {
        return resets;
    }

    /** Connections closed since the engine was made because what SQL text did to their session could not be undone. */
    public long resetClosings() {
        return resetClosings;
    }

    @Override
    public String toString() {
        return "size " + size + " + overflow " + (overflow < 0 ? "unlimited" : String.valueOf(overflow)) + ", " + leased
                + " leased, " + idle + " idle, " + waiting + " waiting";
    }
}

package dev.poolwright.pool;

/** What a check-out does that has found the pool at its cap, before it waits. */
public interface CapRule {

    /** Waits as everybody does. */
    CapRule WAIT = new CapRule() {
        @Override
        public boolean mayExceed() {
            return false;
        }
    };

    /**
     * Whether it gets a place beyond the cap: waiting would be waiting for itself. Asked at most once, on the thread that
     * asks for a slot and with no lock held.
     */
    boolean mayExceed();
}

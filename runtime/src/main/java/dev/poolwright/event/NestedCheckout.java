package dev.poolwright.event;

/**
 * A thread that has a connection of an engine asked it for another when the engine was at its cap: if all threads that
 * wait do that, they wait for each other.
 *
 * <p>Immutable.
 */
public final class NestedCheckout {

    private final EngineInfo engine;
    private final String heldSite;
    private final String askedSite;
    private final String thread;
    private final boolean beyondCap;
    private int threads; // of a copy, set before anybody else sees it
    private int depth;
    private int cap;

    /**
     * @param engine    which one
     * @param heldSite  the line that acquired the connection it has, or why that is unknown
     * @param askedSite the line that asks for another
     * @param thread    name of the thread
     * @param beyondCap whether it was lent one beyond the cap; false = it waits
     */
    public NestedCheckout(EngineInfo engine, String heldSite, String askedSite, String thread, boolean beyondCap) {
        this.engine = engine;
        this.heldSite = heldSite;
        this.askedSite = askedSite;
        this.thread = thread;
        this.beyondCap = beyondCap;
    }

    /**
     * The same as a warning: nobody waits yet, but threads that do what was seen could all wait for each other.
     *
     * @param seenThreads the most threads that had a connection at once
     * @param seenDepth   the most connections that one of them had or wanted at once
     * @param ofEngine    how many connections there may be
     */
    public NestedCheckout couldDeadlock(int seenThreads, int seenDepth, int ofEngine) {
        NestedCheckout copy = new NestedCheckout(engine, heldSite, askedSite, thread, beyondCap);
        copy.threads = seenThreads;
        copy.depth = seenDepth;
        copy.cap = ofEngine;
        return copy;
    }

    /** Whether this is only a warning of what could come. */
    public boolean isWarning() {
        return depth > 0;
    }

    /** Which engine. */
    public EngineInfo engine() {
        return engine;
    }

    /** The line that acquired the connection it has, or why that is unknown. */
    public String heldSite() {
        return heldSite;
    }

    /** The line that asks for another. */
    public String askedSite() {
        return askedSite;
    }

    /** Name of the thread. */
    public String thread() {
        return thread;
    }

    /** Whether it was lent one beyond the cap; false = it waits. */
    public boolean beyondCap() {
        return beyondCap;
    }

    /** The line for people, with its code at the end. */
    @Override
    public String toString() {
        if (isWarning()) {
            return "nested: " + threads + " threads at once had connections of " + engine + ", and one wanted " + depth
                    + " at once: it has one acquired at " + heldSite + " and asked for another at " + askedSite
                    + ". With the cap of " + cap + " they could all be at the cap and have one; "
                    + (threads * (depth - 1) + 1) + " are enough for none to wait for ever. [PW-302]";
        }
        return "nested: thread " + thread + " has a connection of " + engine + ", acquired at " + heldSite
                + ", and at the cap asked for another at " + askedSite
                + (beyondCap
                        ? "; it was lent one beyond the cap, as it would have waited for itself"
                        : "; it waits, and if all that wait have one, they wait for each other")
                + ". [PW-301]";
    }
}

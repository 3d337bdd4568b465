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
        return "nested: thread " + thread + " has a connection of " + engine + ", acquired at " + heldSite
                + ", and at the cap asked for another at " + askedSite
                + (beyondCap
                        ? "; it was lent one beyond the cap, as it would have waited for itself"
                        : "; it waits, and if all that wait have one, they wait for each other")
                + ". [PW-301]";
    }
}

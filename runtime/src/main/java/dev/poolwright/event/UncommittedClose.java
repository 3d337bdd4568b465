package dev.poolwright.event;

import java.util.Collections;
import java.util.List;

/**
 * A connection was closed with changes that had not been committed. They were ended as the driver's own close ends them.
 *
 * <p>Immutable.
 */
public final class UncommittedClose {

    private final EngineInfo engine;
    private final String site;
    private final List<StackTraceElement> stack;
    private final String thread;
    private final long count;
    private final boolean committed;

    /**
     * @param engine    whose connection
     * @param site      the line that closed it and who called that, as {@link Leak#site()}
     * @param stack     the stack from there on
     * @param thread    name of the thread
     * @param count     how often that line has done so by now
     * @param committed whether the changes were committed; otherwise they were rolled back
     */
    public UncommittedClose(
            EngineInfo engine,
            String site,
            List<StackTraceElement> stack,
            String thread,
            long count,
            boolean committed) {
        this.engine = engine;
        this.site = site;
        this.stack = Collections.unmodifiableList(stack);
        this.thread = thread;
        this.count = count;
        this.committed = committed;
    }

    /** Whose connection. */
    public EngineInfo engine() {
        return engine;
    }

    /** The line that closed it. */
    public String site() {
        return site;
    }

    /** The stack from {@link #site()} on. */
    public List<StackTraceElement> stack() {
        return stack;
    }

    /** Name of the thread. */
    public String thread() {
        return thread;
    }

    /** How often that line has done so by now, this time included. */
    public long count() {
        return count;
    }

    /** Whether the count is 1, 10, 100 ..: those are written to the log, and those between are not worth a line. */
    public boolean isWorthALine() {
        long rest = count;
        while (rest % 10 == 0 && rest != 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** Whether the changes were committed, as some drivers' close does; otherwise they were rolled back. */
    public boolean wasCommitted() {
        return committed;
    }

    /** The line for people, with its code at the end. */
    @Override
    public String toString() {
        return "uncommitted: a connection of " + engine + " was closed " + (count == 1 ? "" : count + " times ")
                + "with uncommitted changes at " + site + " by thread " + thread
                + (committed ? "; they were committed" : "; they were rolled back")
                + ", as the driver does. [PW-206]";
    }
}

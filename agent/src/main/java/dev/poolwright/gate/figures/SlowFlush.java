package dev.poolwright.gate.figures;

import dev.poolwright.event.Flush;
import dev.poolwright.leak.Origin;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One flush that took long: what it had to do, how long it took, which line asked for it. Immutable. */
public final class SlowFlush {

    private final Flush flush;
    private final long endNanos;
    private final long tookNanos;
    private final String failure;
    private final String thread;
    private final String site;
    private final List<StackTraceElement> stack;

    /** Frames that are kept, as of a leak's line. */
    private static final int MAX_FRAMES = 64;

    /** Made by the thread that flushed. */
    SlowFlush(Flush flush, long endNanos, long tookNanos, @Nullable Throwable failure) {
        this.flush = flush;
        this.endNanos = endNanos;
        this.tookNanos = tookNanos;
        this.failure = text(failure);
        Origin origin = Origin.capture();
        this.thread = origin.thread();
        this.site = origin.site();
        List<StackTraceElement> whole = origin.stack();
        this.stack = new ArrayList<>(whole.subList(0, Math.min(whole.size(), MAX_FRAMES)));
    }

    /** Its class, and the SQLState where there is one; never the message, which can contain data. */
    private static String text(@Nullable Throwable failure) {
        if (failure == null) {
            return "";
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException && ((SQLException) each).getSQLState() != null) {
                return failure.getClass().getName() + ", SQLState " + ((SQLException) each).getSQLState();
            }
        }
        return failure.getClass().getName();
    }

    /** What it had to do. */
    public Flush flush() {
        return flush;
    }

    /** When it ended, by the system's ticker. */
    public long endNanos() {
        return endNanos;
    }

    /** How long it took. */
    public long tookNanos() {
        return tookNanos;
    }

    /** Class and SQLState of what it failed with, or empty. */
    public String failure() {
        return failure;
    }

    /** Name of the thread that flushed. */
    public String thread() {
        return thread;
    }

    /** The line that asked for it. */
    public String site() {
        return site;
    }

    /** How it was called, from that line on. */
    public List<StackTraceElement> stack() {
        return stack;
    }
}

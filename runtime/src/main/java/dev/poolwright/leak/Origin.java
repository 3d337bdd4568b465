package dev.poolwright.leak;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something was acquired: the application's lines, and the thread.
 *
 * <p>Capturing walks the stack and reads none of it; the elements are resolved when somebody asks, which is when there
 * is a leak to report. Safe for any thread.
 */
public final class Origin {

    private static final StackTraceElement[] NONE = {};

    /** What {@link #site()} says when the JVM gave no stack. */
    private static final String UNKNOWN = "unknown line";

    private final String thread;
    private final @Nullable Object context;

    /** Refers to the classes on the stack; null once resolved. */
    private volatile @Nullable Throwable stack;

    private volatile StackTraceElement @Nullable [] frames;

    Origin(Throwable stack, String thread) {
        this(stack, thread, null);
    }

    private Origin(Throwable stack, String thread, @Nullable Object context) {
        this.stack = stack;
        this.thread = thread;
        this.context = context;
    }

    /** The line that is calling, on this thread. About a microsecond per ten frames. */
    public static Origin capture() {
        return new Origin(new Throwable(), Thread.currentThread().getName());
    }

    /** The same, with what the thread is part of, a trace for one; null = nothing. */
    public static Origin capture(@Nullable Object context) {
        return new Origin(new Throwable(), Thread.currentThread().getName(), context);
    }

    /** What the acquiring thread was part of, or null. */
    public @Nullable Object context() {
        return context;
    }

    /**
     * The application's line and who called it, {@code com.acme.Db.open(Db.java:12) < com.acme.OrderDao.save(OrderDao.java:41)}:
     * where one method opens all connections, its own line says nothing. Of libraries, if there is no line of the application.
     */
    public String site() {
        StackTraceElement[] all = frames();
        return all.length == 0 ? UNKNOWN : Frames.path(all);
    }

    /** The stack from the first line of {@link #site()} on, outermost frame last; empty if the JVM gave none. */
    public List<StackTraceElement> stack() {
        StackTraceElement[] all = frames();
        if (all.length == 0) {
            return Collections.emptyList();
        }
        return Collections.unmodifiableList(Arrays.asList(all).subList(Frames.siteIndex(all), all.length));
    }

    /** Whether code whose class names begin with one of these was on the way, in front of {@link #site()} or behind it. */
    public boolean passed(String... prefixes) {
        for (StackTraceElement frame : frames()) {
            if (Libraries.startsWithAny(frame.getClassName(), prefixes)) {
                return true;
            }
        }
        return false;
    }

    /** Name of the acquiring thread, as it was then. */
    public String thread() {
        return thread;
    }

    @Override
    public String toString() {
        return site() + " by thread " + thread;
    }

    /** The frame of {@code stack} that is named first when one asks where it is, as in {@link #site}; null if that is empty. */
    public static @Nullable StackTraceElement applicationFrame(List<StackTraceElement> stack) {
        StackTraceElement[] all = stack.toArray(new StackTraceElement[0]);
        return all.length == 0 ? null : all[Frames.siteIndex(all)];
    }

    /** Lets go of the classes on the stack, which keep reachable what is in their static fields; some microseconds. */
    void resolve() {
        frames();
    }

    boolean isResolved() {
        return stack == null;
    }

    private StackTraceElement[] frames() {
        Throwable unresolved = stack;
        if (unresolved != null) {
            frames = unresolved.getStackTrace();
            stack = null; // last: who finds it gone finds the frames
        }
        StackTraceElement[] resolved = frames;
        return resolved == null ? NONE : resolved;
    }

    /** Whether the application called at all, and not a thread of a library's own. */
    public boolean isOfApplication() {
        StackTraceElement[] all = frames();
        return all.length > 0 && Frames.isApplication(all[Frames.siteIndex(all)]);
    }
}

package dev.poolwright.event;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was acquired and never closed.
 *
 * <p>Immutable.
 */
public final class Leak {

    /** What was not closed. */
    public enum Kind {
        /** A connection. */
        CONNECTION,
        /** Statements, or results of a driver's own, while their connection lives on. */
        STATEMENT,
        /** A session of an ORM, or our own. */
        SESSION
    }

    /** What was done about it. */
    public enum Action {
        /** Unreachable: rolled back, taken away and its place given back. */
        RECLAIMED,
        /** Still reachable, but not used for longer than allowed: rolled back, taken away and its place given back. */
        TAKEN_AWAY,
        /** Only said. */
        REPORTED,
        /** Held for longer than somebody wanted to know of, and only said: it may well be closed yet. */
        HELD,
        /** Still held when the JVM ended. */
        HELD_AT_EXIT
    }

    private final Kind kind;
    private final Action action;
    private final @Nullable EngineInfo engine;
    private final String what;
    private final String site;
    private final List<StackTraceElement> stack;
    private final String thread;
    private final long heldNanos;

    // What only some have: set on a fresh copy, before anybody else sees that.
    private long unusedNanos;
    private int ofSite = 1;
    private int open;
    private String lastStatement = "";
    private @Nullable Object context;
    private List<StackTraceElement> holder = Collections.emptyList();

    /**
     * @param kind      what was not closed
     * @param action    what was done about it
     * @param engine    whose, or null where a session had none yet
     * @param what      the thing for people: {@code connection of orders (jdbc:..)}, {@code hibernate Session}
     * @param site      the line that acquired it and who called that, as {@link #site()} has them
     * @param stack     the acquiring stack from the application's first frame, empty if it was not recorded
     * @param thread    name of the acquiring thread, or {@code ?}
     * @param heldNanos how long it was held
     */
    public Leak(
            Kind kind,
            Action action,
            @Nullable EngineInfo engine,
            String what,
            String site,
            List<StackTraceElement> stack,
            String thread,
            long heldNanos) {
        this.kind = kind;
        this.action = action;
        this.engine = engine;
        this.what = what;
        this.site = site;
        this.stack = Collections.unmodifiableList(stack);
        this.thread = thread;
        this.heldNanos = heldNanos;
    }

    private Leak copy() {
        Leak copy = new Leak(kind, action, engine, what, site, stack, thread, heldNanos);
        copy.unusedNanos = unusedNanos;
        copy.ofSite = ofSite;
        copy.open = open;
        copy.lastStatement = lastStatement;
        copy.context = context;
        copy.holder = holder;
        return copy;
    }

    /** The same, of what had that as its last statement, without literals; empty = none. */
    public Leak after(String statement) {
        Leak copy = copy();
        copy.lastStatement = statement;
        return copy;
    }

    /** The same, acquired by a thread that was part of that, as {@link EngineListener#acquiring} told; null = nothing. */
    public Leak within(@Nullable Object acquiredIn) {
        Leak copy = copy();
        copy.context = acquiredIn;
        return copy;
    }

    /** The same, whose holder's thread is there now. */
    public Leak whoseHolderIsAt(List<StackTraceElement> now) {
        Leak copy = copy();
        copy.holder = Collections.unmodifiableList(now);
        return copy;
    }

    /** The same, of what had not been used for that long, in nanoseconds. */
    public Leak unusedFor(long nanos) {
        Leak copy = copy();
        copy.unusedNanos = nanos;
        return copy;
    }

    /** The same, of about {@code fromSite} of {@code all} that are open on one connection. */
    public Leak amongOpen(int fromSite, int all) {
        Leak copy = copy();
        copy.ofSite = fromSite;
        copy.open = all;
        return copy;
    }

    /** What was not closed. */
    public Kind kind() {
        return kind;
    }

    /** What was done about it. */
    public Action action() {
        return action;
    }

    /** Whose, or null where a session had none yet. */
    public @Nullable EngineInfo engine() {
        return engine;
    }

    /** The thing for people. */
    public String what() {
        return what;
    }

    /**
     * The line that acquired it and who called that, {@code com.acme.Db.open(Db.java:12) < com.acme.OrderDao.save(OrderDao.java:41)}:
     * the innermost frame of the application, then those that led to it, until three classes or five frames are named. Or
     * why they are unknown.
     */
    public String site() {
        return site;
    }

    /** The acquiring stack from the application's first frame; empty if it was not recorded. */
    public List<StackTraceElement> stack() {
        return stack;
    }

    /** Name of the acquiring thread, or {@code ?}. */
    public String thread() {
        return thread;
    }

    /** How long it was held, in nanoseconds, precise to a tick of the housekeeper. */
    public long heldNanos() {
        return heldNanos;
    }

    /** How long it had not been used when it was taken away, in nanoseconds; 0 where it was not for that. */
    public long unusedNanos() {
        return unusedNanos;
    }

    /** About how many the line has left open, where they are told together; else 1. */
    public int ofSite() {
        return ofSite;
    }

    /** How many are open on the one connection, where that is what is told; else 0. */
    public int open() {
        return open;
    }

    /** The text that was prepared or run last, every literal replaced by a question mark; empty if there was none. */
    public String lastStatement() {
        return lastStatement;
    }

    /** What the acquiring thread was part of, as {@link EngineListener#acquiring} told, or null. */
    public @Nullable Object context() {
        return context;
    }

    /** Where the acquiring thread was when this was told, innermost first; empty unless it is told while held. */
    public List<StackTraceElement> holder() {
        return holder;
    }
}

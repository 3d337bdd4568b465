package dev.poolwright.event;

/**
 * One flush of a session that had something to do: why it happened and how much was queued when it began.
 *
 * <p>Immutable.
 */
public final class Flush {

    /** Why a session was flushed. */
    public enum Trigger {
        /** The application called flush. */
        EXPLICIT,
        /** A query needed the database to be up to date. */
        AUTO,
        /** A commit. */
        COMMIT
    }

    private final SessionInfo session;
    private final Trigger trigger;
    private final int inserts;
    private final int updates;
    private final int deletes;
    private final int collections;
    private final int statements;

    /**
     * @param session     whose flush
     * @param trigger     why
     * @param inserts     entities, or rows, to insert
     * @param updates     entities, or rows, to update
     * @param deletes     entities, or rows, to delete
     * @param collections collections to create, change or remove
     */
    public Flush(SessionInfo session, Trigger trigger, int inserts, int updates, int deletes, int collections) {
        this(session, trigger, inserts, updates, deletes, collections, 0);
    }

    private Flush(
            SessionInfo session,
            Trigger trigger,
            int inserts,
            int updates,
            int deletes,
            int collections,
            int statements) {
        this.session = session;
        this.trigger = trigger;
        this.inserts = inserts;
        this.updates = updates;
        this.deletes = deletes;
        this.collections = collections;
        this.statements = statements;
    }

    /** The same, of a library that says how many statements it sends for it. */
    public Flush inStatements(int count) {
        return new Flush(session, trigger, inserts, updates, deletes, collections, count);
    }

    /** Whose flush. */
    public SessionInfo session() {
        return session;
    }

    /** Why it happened. */
    public Trigger trigger() {
        return trigger;
    }

    /** Entities to insert. */
    public int inserts() {
        return inserts;
    }

    /** Entities to update. */
    public int updates() {
        return updates;
    }

    /** Entities to delete. */
    public int deletes() {
        return deletes;
    }

    /** Collections to create, change or remove. */
    public int collections() {
        return collections;
    }

    /** Statements it is sent in, each with one or more rows; 0 where the library does not say. */
    public int statements() {
        return statements;
    }
}

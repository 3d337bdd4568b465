package dev.poolwright.weave;

import org.jspecify.annotations.Nullable;

/**
 * A method of Hibernate 5 or 6 where a session ends or flushes, or where one begins. Asked of every class the
 * application loads: knows names only and loads nothing.
 */
final class HibernatePoint {

    static final String SESSION = "org/hibernate/internal/SessionImpl";
    private static final String SESSION_BASE = "org/hibernate/internal/AbstractSharedSessionContract";
    private static final String FLUSHING = "org/hibernate/event/internal/AbstractFlushingEventListener";

    /** PoolwrightHook.SESSION_OPENED; that class cannot be named here, we are linked before it exists. */
    static final int OPENED = 1;

    private static final int CLOSED = 2;
    private static final int FLUSH = 3;
    private static final int COMMIT_FLUSH = 4;

    /** Its number in the hook. */
    final int number;
    /** The variable that holds the session. */
    final int session;
    /** The variable that holds the hook's argument; -1 = null. */
    final int argument;

    private HibernatePoint(int number, int session, int argument) {
        this.number = number;
        this.session = session;
        this.argument = argument;
    }

    /** Whether this class has any. */
    static boolean isIn(String type) {
        return type.startsWith("org/hibernate/")
                && (type.equals(SESSION) || type.equals(SESSION_BASE) || type.equals(FLUSHING));
    }

    static @Nullable HibernatePoint of(String owner, String name, String descriptor) {
        switch (owner + '.' + name + descriptor) {
            // Both: a JPA close in a live transaction reaches the base late or never, a stateless session only the
            // base.
            case SESSION + ".close()V":
            case SESSION_BASE + ".close()V":
                return new HibernatePoint(CLOSED, 0, -1);
            // Not flushBeforeTransactionCompletion: a child session's flush at its parent's commit does not pass there.
            case SESSION + ".managedFlush()V":
                return new HibernatePoint(COMMIT_FLUSH, 0, -1);
            case FLUSHING + ".performExecutions(Lorg/hibernate/event/spi/EventSource;)V":
                return new HibernatePoint(FLUSH, 1, 0);
            default:
                return null;
        }
    }
}

package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import org.jspecify.annotations.Nullable;

/** Hibernate 3.6 to 7: Session and StatelessSession, and EntityManager, which is a Session or opens one. */
final class Hibernate extends Library {
    /*
     * Seen in Hibernate 6.6 and 7.1 on H2, and for what has no public name read in the byte code of 5.6.15:
     *
     * - An explicit flush and a commit reach performExecutions with a DefaultFlushEventListener even if nothing is
     *   queued; an automatic one with a DefaultAutoFlushEventListener, and only if the query needs it.
     * - The queue is complete by then. A new entity counts a collection for each of its collections, empty ones too.
     * - Not in any flush: an insert whose key the database generates runs at persist(). And no flush at all: one that
     *   finds a reference to something transient throws before performExecutions.
     * - A child session flushes at its parent's commit by its own managedFlush(), outside of the parent's
     *   flushBeforeTransactionCompletion().
     * - A JPA EntityManager closed in a live transaction closes for good when that ends: AbstractSharedSessionContract
     *   .close() may come late or never, SessionImpl.close() comes at once.
     *
     * Hibernate 6.6 has no public isTransactionCoordinatorShared(), but a session that shares its parent's JDBC
     * coordinator has one whose owner is the parent. 5.6 and 7.1 have the same methods.
     */

    private static final SessionInfo STATELESS = new SessionInfo("hibernate", "StatelessSession");
    private static final String AUTO_FLUSH = "DefaultAutoFlushEventListener";
    private static final String GIVEN = "LogicalConnectionProvidedImpl";

    private static final Getter JDBC_COORDINATOR = new Getter("getJdbcCoordinator");
    private static final Getter JDBC_SESSION_OWNER = new Getter("getJdbcSessionOwner");
    private static final Getter LOGICAL_CONNECTION = new Getter("getLogicalConnection");

    private static final Getter TRANSACTION_COORDINATOR = new Getter("getTransactionCoordinator");
    private static final Getter TRANSACTION_CONTEXT = new Getter("getTransactionContext");
    private static final Getter IS_GIVEN_4 = new Getter("isUserSuppliedConnection");

    private static final Getter JDBC_CONTEXT = new Getter("getJDBCContext");
    private static final Getter CONNECTION_MANAGER = new Getter("getConnectionManager");
    private static final Getter IS_GIVEN_3 = new Getter("isSuppliedConnection");

    private static final Getter ACTION_QUEUE = new Getter("getActionQueue");
    private static final Getter HAS_ANY_QUEUED_ACTIONS = new Getter("hasAnyQueuedActions");
    private static final Getter INSERTIONS = new Getter("numberOfInsertions");
    private static final Getter UPDATES = new Getter("numberOfUpdates");
    private static final Getter DELETIONS = new Getter("numberOfDeletions");
    private static final Getter COLLECTION_CREATIONS = new Getter("numberOfCollectionCreations");
    private static final Getter COLLECTION_UPDATES = new Getter("numberOfCollectionUpdates");
    private static final Getter COLLECTION_REMOVALS = new Getter("numberOfCollectionRemovals");

    Hibernate() {
        super(new SessionInfo("hibernate", "Session"));
    }

    @Override
    SessionInfo infoOf(Object session) {
        return session.getClass().getName().endsWith("StatelessSessionImpl") ? STATELESS : usual;
    }

    @Override
    boolean isLease(Object session) throws Throwable {
        if (JDBC_CONTEXT.isOf(session)) { // 3; of its children the constructor is not woven
            return !(Boolean) IS_GIVEN_3.of(CONNECTION_MANAGER.of(JDBC_CONTEXT.of(session)));
        }
        if (!JDBC_COORDINATOR.isOf(session) && TRANSACTION_COORDINATOR.isOf(session)) { // 4
            Object coordinator = TRANSACTION_COORDINATOR.of(session);
            return TRANSACTION_CONTEXT.of(coordinator) == session
                    && !(Boolean) IS_GIVEN_4.of(LOGICAL_CONNECTION.of(JDBC_COORDINATOR.of(coordinator)));
        }
        Object coordinator = JDBC_COORDINATOR.of(session);
        return JDBC_SESSION_OWNER.of(coordinator) == session
                && !LOGICAL_CONNECTION.of(coordinator).getClass().getName().endsWith(GIVEN);
    }

    /** The session, and the listener that flushes it. */
    @Override
    @Nullable
    Flush flush(Object session, @Nullable Object flushing) throws Throwable {
        Object queue = ACTION_QUEUE.of(session);
        if (!(Boolean) HAS_ANY_QUEUED_ACTIONS.of(queue)) {
            return null;
        }
        int collections = count(COLLECTION_CREATIONS, queue)
                + count(COLLECTION_UPDATES, queue)
                + count(COLLECTION_REMOVALS, queue);
        return new Flush(
                usual,
                trigger(session, flushing),
                count(INSERTIONS, queue),
                count(UPDATES, queue),
                count(DELETIONS, queue),
                collections);
    }

    private static int count(Getter number, Object queue) throws Throwable {
        return (Integer) number.of(queue);
    }

    private static Flush.Trigger trigger(Object session, @Nullable Object flushing) {
        if (Enclosing.isCommitOf(session)) {
            return Flush.Trigger.COMMIT;
        }
        return isAutomatic(flushing) ? Flush.Trigger.AUTO : Flush.Trigger.EXPLICIT;
    }

    private static boolean isAutomatic(@Nullable Object flushing) {
        Class<?> type = flushing == null ? null : flushing.getClass();
        for (; type != null; type = type.getSuperclass()) {
            if (type.getName().endsWith(AUTO_FLUSH)) {
                return true;
            }
        }
        return false;
    }
}

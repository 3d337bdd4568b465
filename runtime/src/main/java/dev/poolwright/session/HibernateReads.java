package dev.poolwright.session;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Hibernate's own objects. A Hibernate that cannot answer is not asked again: one line says so, for its
 * class loader, and its application goes on unobserved. Safe for any thread.
 */
final class HibernateReads {
    /*
     * Hibernate 6.6 has no public isTransactionCoordinatorShared(), but a session that shares its parent's JDBC
     * coordinator has one whose owner is the parent. 5.6 and 7.1 have the same methods.
     */
    private static final Getter JDBC_COORDINATOR = new Getter("getJdbcCoordinator");
    private static final Getter JDBC_SESSION_OWNER = new Getter("getJdbcSessionOwner");

    private static final Getter ACTION_QUEUE = new Getter("getActionQueue");
    private static final Getter HAS_ANY_QUEUED_ACTIONS = new Getter("hasAnyQueuedActions");
    private static final Getter INSERTIONS = new Getter("numberOfInsertions");
    private static final Getter UPDATES = new Getter("numberOfUpdates");
    private static final Getter DELETIONS = new Getter("numberOfDeletions");
    private static final Getter COLLECTION_CREATIONS = new Getter("numberOfCollectionCreations");
    private static final Getter COLLECTION_UPDATES = new Getter("numberOfCollectionUpdates");
    private static final Getter COLLECTION_REMOVALS = new Getter("numberOfCollectionRemovals");

    private final Consumer<String> warnings;
    private final Object lock = new Object();
    private final Set<ClassLoader> switchedOff = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile boolean anySwitchedOff;

    /** @param warnings gets one line for each class loader whose Hibernate cannot answer */
    HibernateReads(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Whether this session has a connection of its own, as opposed to its parent's; false if that cannot be told. */
    boolean isLease(Object session) {
        if (isSwitchedOff(session)) {
            return false;
        }
        try {
            Object owner = JDBC_SESSION_OWNER.of(JDBC_COORDINATOR.of(session));
            return owner == session;
        } catch (Throwable failure) {
            switchOff(session, failure);
            return false;
        }
    }

    /** What this session is about to do to the database; null if that is nothing, or cannot be told. */
    @Nullable
    Flush flush(Object session, SessionInfo info, Flush.Trigger trigger) {
        if (isSwitchedOff(session)) {
            return null;
        }
        try {
            Object queue = ACTION_QUEUE.of(session);
            if (!(Boolean) HAS_ANY_QUEUED_ACTIONS.of(queue)) {
                return null;
            }
            int collections = count(COLLECTION_CREATIONS, queue)
                    + count(COLLECTION_UPDATES, queue)
                    + count(COLLECTION_REMOVALS, queue);
            return new Flush(
                    info,
                    trigger,
                    count(INSERTIONS, queue),
                    count(UPDATES, queue),
                    count(DELETIONS, queue),
                    collections);
        } catch (Throwable failure) {
            switchOff(session, failure);
            return null;
        }
    }

    private static int count(Getter number, Object queue) throws Throwable {
        return (Integer) number.of(queue);
    }

    private boolean isSwitchedOff(Object session) {
        if (!anySwitchedOff) {
            return false;
        }
        synchronized (lock) {
            return switchedOff.contains(session.getClass().getClassLoader());
        }
    }

    private void switchOff(Object session, Throwable failure) {
        boolean first;
        synchronized (lock) {
            first = switchedOff.add(session.getClass().getClassLoader());
            anySwitchedOff = true;
        }
        if (first) {
            warnings.accept("hibernate: sessions and flushes of "
                    + session.getClass().getName() + " are not observed, this version is unknown: " + failure);
        }
    }
}

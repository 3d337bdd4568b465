package dev.poolwright.session.library;

/** Classes shaped like Hibernate's: the same public methods, the same names where names count. */
public final class HibernateShapes {

    private HibernateShapes() {}

    public static class SessionImpl {

        public final ActionQueue queue = new ActionQueue();
        private final JdbcCoordinator coordinator;

        public SessionImpl() {
            coordinator = new JdbcCoordinator(this);
        }

        /** One that shares its parent's connection. */
        public SessionImpl(SessionImpl parent) {
            coordinator = parent.coordinator;
        }

        public ActionQueue getActionQueue() {
            return queue;
        }

        public JdbcCoordinator getJdbcCoordinator() {
            return coordinator;
        }
    }

    /** As an application may have one: not public, and with its own version of a method. */
    static class OwnSession extends SessionImpl {

        @Override
        public ActionQueue getActionQueue() {
            return super.getActionQueue();
        }
    }

    /** Of a Hibernate that has renamed everything. */
    public static class StrangeSession {}

    public static final class JdbcCoordinator {

        private final Object owner;

        JdbcCoordinator(Object owner) {
            this.owner = owner;
        }

        public Object getJdbcSessionOwner() {
            return owner;
        }

        public Object getLogicalConnection() {
            return "managed";
        }
    }

    public static final class ActionQueue {

        public int insertions;
        public int updates;
        public int deletions;
        public int creations;
        public int collectionUpdates;
        public int removals;
        public int reads;

        public boolean hasAnyQueuedActions() {
            reads++;
            return insertions + updates + deletions + creations + collectionUpdates + removals > 0;
        }

        public int numberOfInsertions() {
            return insertions;
        }

        public int numberOfUpdates() {
            return updates;
        }

        public int numberOfDeletions() {
            return deletions;
        }

        public int numberOfCollectionCreations() {
            return creations;
        }

        public int numberOfCollectionUpdates() {
            return collectionUpdates;
        }

        public int numberOfCollectionRemovals() {
            return removals;
        }
    }

    public static class DefaultFlushEventListener {}

    public static class DefaultAutoFlushEventListener {}

    public static class OwnAutoFlushing extends DefaultAutoFlushEventListener {}
}

package dev.poolwright.event;

/** How a transaction, or a part of one, ended. */
public enum TransactionEnd {
    /** {@code commit()}. */
    COMMIT,
    /** {@code setAutoCommit(true)} while a transaction was live, which JDBC defines as a commit. */
    IMPLICIT_COMMIT,
    /** {@code rollback()}. */
    ROLLBACK,
    /** {@code rollback(Savepoint)}. */
    ROLLBACK_TO_SAVEPOINT
}

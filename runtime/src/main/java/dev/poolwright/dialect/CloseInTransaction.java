package dev.poolwright.dialect;

/** What a driver's {@code close()} does to a transaction that is still open. */
public enum CloseInTransaction {
    /** Rolls it back: nearly all of them. */
    ROLLBACK,
    /** Commits it: Oracle. */
    COMMIT
}

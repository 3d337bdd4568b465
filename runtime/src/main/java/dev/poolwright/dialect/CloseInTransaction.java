package dev.poolwright.dialect;

/** What a driver's {@code close()} does to a transaction that is still open. */
public enum CloseInTransaction {
    /** Rolls it back: nearly all of them. */
    ROLLBACK,
    /** Commits it: Oracle. */
    COMMIT,
    /** Throws, and the connection stays open with all its locks: Derby, DB2. */
    REJECT
}

package dev.poolwright.config;

/** How an engine's connections are kept. */
public enum PoolKind {
    /** Kept and lent again, up to a size and an overflow. */
    QUEUE,
    /** Opened and closed each time. */
    NULL,
    /**
     * One connection that all share in turn, and that does not expire: for a database that lives as long as its connection.
     * So is its session: what SQL text changes stays, as with {@link Reset#NEVER}, unless {@link Reset#ALWAYS} is set.
     */
    STATIC,
    /** One connection; whoever asks for a second one while it is lent is refused, with the line that has the first. */
    ASSERTION
}

package dev.poolwright.dialect;

/** What running a statement means for the connections that are idle meanwhile. */
public enum IdleEffect {
    /** Nothing. */
    NONE,
    /** Their prepared statements may no longer be what the tables are: they are replaced once it has run. */
    PLANS_STALE,
    /** It needs a server, a database or a user without them: those to its server are closed before it runs. */
    IN_THE_WAY
}

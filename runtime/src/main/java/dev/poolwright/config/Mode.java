package dev.poolwright.config;

/** What the agent does with the connections it sees. */
public enum Mode {
    /** Pools them. */
    POOL,
    /** Nothing: the application runs as without the agent. */
    OFF
}

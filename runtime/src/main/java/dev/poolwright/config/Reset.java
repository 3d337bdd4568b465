package dev.poolwright.config;

/** When a connection that comes back is made what a new one is, beyond what JDBC itself can set. */
public enum Reset {
    /** When the SQL that was run may have changed the session. */
    SMART,
    /** Each time. */
    ALWAYS,
    /** Never: what SQL text changes stays. It is still told to whoever listens. */
    NEVER
}

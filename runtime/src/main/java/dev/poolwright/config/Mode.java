package dev.poolwright.config;

/** What the agent does with the connections it sees. */
public enum Mode {
    /** Pools them. */
    POOL,
    /** Opens and closes each as without the agent, watches them, and says what pooling would have done. */
    OBSERVE,
    /** Nothing: the application runs as without the agent. */
    OFF
}

package dev.poolwright.agent.sweep;

/** The databases that are swept. */
public enum Place {
    H2,
    POSTGRESQL,
    MARIADB,
    HSQLDB,
    DERBY,
    SQLITE
}

package dev.poolwright.pool.queue;

/** Which of several idle resources is lent next, where that matters more than how fast it is found. */
public enum IdleOrder {
    /** The one that came back last: those that are not needed stay idle, and expire. */
    NEWEST_FIRST,
    /** The one that has been idle for the longest time: all are used in turn, and none grows cold. */
    OLDEST_FIRST
}

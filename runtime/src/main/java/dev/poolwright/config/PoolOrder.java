package dev.poolwright.config;

/** Which of several idle connections is lent next. */
public enum PoolOrder {
    /** Whichever a thread finds first, mostly the one it returned last: the fastest. */
    ANY,
    /** The one that came back last: those that are not needed stay idle and are closed. */
    LIFO,
    /** The one that has been idle for the longest time: all are used in turn and kept warm. */
    FIFO
}

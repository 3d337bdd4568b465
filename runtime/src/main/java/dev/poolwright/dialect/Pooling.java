package dev.poolwright.dialect;

/** How connections of a URL are served when nobody asked for anything else. */
public enum Pooling {
    /** Kept and lent again. */
    QUEUE,
    /** Watched, but opened and closed each time: the database lives and dies, or locks a file, with its connections. */
    NULL,
    /** Not ours: the application gets what the driver made. */
    PASS_THROUGH
}

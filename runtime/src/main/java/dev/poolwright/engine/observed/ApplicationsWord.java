package dev.poolwright.engine.observed;

/** Tells what the application asked for from what a pool does for itself. */
public interface ApplicationsWord {

    /**
     * Whether the application asked, in whatever words of JDBC, for the end of a transaction that is happening on this
     * thread: a pool rolls back as well, when a connection is given back or checked.
     *
     * @param driver the class of the driver's connection
     */
    boolean isBehind(Class<?> driver);
}

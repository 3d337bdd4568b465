package dev.poolwright.gate.observe;

/** Rewrites classes that are loaded already, so that they tell the hook what happens to their objects. Any thread. */
public interface ClassWeaver {

    /** {@code close} and {@code abort}, of a connection that is handed out. */
    int CLOSING = 1;

    /** What ends transactions, and what makes statements, of a driver's connection. */
    int TRANSACTIONS = 2;

    /** What runs a driver's statement. */
    int RUNNING = 4;

    /**
     * Has a class and its superclasses tell. Cheap where they do already.
     *
     * @param parts which methods, as a sum of the constants
     * @return whether they tell; false for a class that cannot be changed
     */
    boolean tells(Class<?> type, int parts);
}

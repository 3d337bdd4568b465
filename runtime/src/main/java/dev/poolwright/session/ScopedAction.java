package dev.poolwright.session;

/** Something that is done in a scope of its own and returns nothing. */
@FunctionalInterface
public interface ScopedAction {

    /** Does it. Commits what it wants kept: when this returns or throws, the scope's session is closed. */
    void run() throws Exception;
}

package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one library's own objects, by the names of their methods. Whatever is thrown here means that the
 * library is not as we know it. Safe for any thread.
 */
abstract class Library {

    /** What most of its sessions are. */
    final SessionInfo usual;

    Library(SessionInfo usual) {
        this.usual = usual;
    }

    /** What this session is. */
    SessionInfo infoOf(Object session) {
        return usual;
    }

    /** Whether it has a connection of its own, as opposed to its parent's or one the application gave it. */
    boolean isLease(Object session) throws Throwable {
        return true;
    }

    /**
     * What is about to be done to the database; null if that is nothing.
     *
     * @param self     whose method the flush goes through
     * @param argument what that was given, if it says anything
     */
    abstract @Nullable Flush flush(Object self, @Nullable Object argument) throws Throwable;
}

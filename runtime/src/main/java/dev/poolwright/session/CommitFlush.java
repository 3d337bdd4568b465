package dev.poolwright.session;

import org.jspecify.annotations.Nullable;

/**
 * The flush at the commit of one session, while it runs on this thread. They nest: what runs in a commit may commit
 * another session.
 */
final class CommitFlush {

    private static final ThreadLocal<CommitFlush> INNERMOST = new ThreadLocal<>();

    private final Object session;
    private final @Nullable CommitFlush outer;

    private CommitFlush(Object session, @Nullable CommitFlush outer) {
        this.session = session;
        this.outer = outer;
    }

    /** Begins; the caller must {@link #leave}. */
    static CommitFlush enter(Object session) {
        CommitFlush entered = new CommitFlush(session, INNERMOST.get());
        INNERMOST.set(entered);
        return entered;
    }

    /** Ends; the application's thread no longer refers to the session. */
    void leave() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    /** Whether this session is being committed on this thread. */
    static boolean isRunningFor(Object session) {
        for (CommitFlush running = INNERMOST.get(); running != null; running = running.outer) {
            if (running.session == session) {
                return true;
            }
        }
        return false;
    }
}

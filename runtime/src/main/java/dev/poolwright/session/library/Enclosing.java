package dev.poolwright.session.library;

import dev.poolwright.event.Flush;
import org.jspecify.annotations.Nullable;

/**
 * What a flush on this thread would be the flush of: a commit, a query, or the application's call. They nest: what runs
 * in a commit may commit another session.
 */
final class Enclosing {

    private static final ThreadLocal<Enclosing> INNERMOST = new ThreadLocal<>();

    private final Object owner;
    private final Flush.Trigger trigger;
    private final @Nullable Enclosing outer;

    private Enclosing(Object owner, Flush.Trigger trigger, @Nullable Enclosing outer) {
        this.owner = owner;
        this.trigger = trigger;
        this.outer = outer;
    }

    /** Begins; the caller must {@link #leave}. */
    static Enclosing enter(Object owner, Flush.Trigger trigger) {
        Enclosing entered = new Enclosing(owner, trigger, INNERMOST.get());
        INNERMOST.set(entered);
        return entered;
    }

    /** Ends; the application's thread no longer refers to the owner. */
    void leave() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    /** Whether this owner is being committed on this thread. */
    static boolean isCommitOf(Object owner) {
        for (Enclosing running = INNERMOST.get(); running != null; running = running.outer) {
            if (running.owner == owner && running.trigger == Flush.Trigger.COMMIT) {
                return true;
            }
        }
        return false;
    }

    /** The innermost one's, whoever owns it. */
    static Flush.Trigger triggerOr(Flush.Trigger without) {
        Enclosing running = INNERMOST.get();
        return running == null ? without : running.trigger;
    }
}

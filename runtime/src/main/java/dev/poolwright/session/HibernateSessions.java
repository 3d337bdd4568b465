package dev.poolwright.session;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What woven Hibernate classes call: turns their points into opened and closed sessions and flushes.
 *
 * <p>Safe for any thread. What a listener throws goes to the caller, with the state here as it should be.
 */
public final class HibernateSessions {
    /*
     * Seen in Hibernate 6.6.56 and 7.1.0 on H2, and for what has no public name read in the byte code of 5.6.15:
     *
     * - An explicit flush and a commit reach performExecutions with a DefaultFlushEventListener even if nothing is
     *   queued; an automatic one with a DefaultAutoFlushEventListener, and only if the query needs it.
     * - The queue is complete by then. A new entity counts a collection for each of its collections, empty ones too.
     * - Not in any flush: an insert whose key the database generates runs at persist(). And no flush at all: one that
     *   finds a reference to something transient throws before performExecutions.
     * - A child session flushes at its parent's commit by its own managedFlush(), outside of the parent's
     *   flushBeforeTransactionCompletion().
     * - A JPA EntityManager closed in a live transaction closes for good when that ends: AbstractSharedSessionContract
     *   .close() may come late or never, SessionImpl.close() comes at once.
     */

    /** The constructor of a session has ended; only {@link #left} is called. */
    public static final int OPENED = 1;

    /** A session's {@code close()}; may be reached more than once for one session. */
    public static final int CLOSED = 2;

    /** {@code performExecutions} of a flush listener, which is the argument. */
    public static final int FLUSH = 3;

    /** The flush at the commit of a session's transaction, or of its parent's. */
    public static final int COMMIT_FLUSH = 4;

    private static final SessionInfo SESSION = new SessionInfo("hibernate", "Session");

    private static final String AUTO_FLUSH = "DefaultAutoFlushEventListener";

    private final SessionWatch watch;
    private final Supplier<@Nullable EngineListener> listener;
    private final HibernateReads reads;

    /**
     * @param watch    who keeps track of open sessions
     * @param listener who hears of flushes; asked each time, null = nobody, then nothing is read from a session
     * @param warnings gets one line for each class loader whose Hibernate is unknown to us
     */
    public HibernateSessions(
            SessionWatch watch, Supplier<@Nullable EngineListener> listener, Consumer<String> warnings) {
        this.watch = watch;
        this.listener = listener;
        this.reads = new HibernateReads(warnings);
    }

    /**
     * A point is reached.
     *
     * @param point    one of the constants of this class; others are ignored
     * @param self     the session
     * @param argument the listener that flushes, at {@link #FLUSH}
     * @return handed to {@link #left} on the same thread; may be null
     */
    public @Nullable Object entered(int point, Object self, @Nullable Object argument) {
        switch (point) {
            case FLUSH:
                return flushStarted(self, argument);
            case COMMIT_FLUSH:
                return listener.get() == null ? null : CommitFlush.enter(self);
            default:
                return null;
        }
    }

    /**
     * A point is left.
     *
     * @param token  what {@link #entered} returned for it
     * @param thrown what ended it, or null
     */
    public void left(int point, Object self, @Nullable Object token, @Nullable Throwable thrown) {
        switch (point) {
            case OPENED:
                if (reads.isLease(self)) {
                    watch.opened(self, SESSION);
                }
                break;
            case CLOSED:
                // However it ended: the application did close it.
                watch.closed(self);
                break;
            case FLUSH:
                if (token instanceof StartedFlush) {
                    ((StartedFlush) token).ended(thrown);
                }
                break;
            case COMMIT_FLUSH:
                if (token instanceof CommitFlush) {
                    ((CommitFlush) token).leave();
                }
                break;
            default:
        }
    }

    private @Nullable Object flushStarted(Object session, @Nullable Object flushing) {
        EngineListener hears = listener.get();
        if (hears == null) {
            return null;
        }
        Flush flush = reads.flush(session, SESSION, trigger(session, flushing));
        return flush == null ? null : new StartedFlush(hears, flush, hears.flushStarted(flush));
    }

    private static Flush.Trigger trigger(Object session, @Nullable Object flushing) {
        if (CommitFlush.isRunningFor(session)) {
            return Flush.Trigger.COMMIT;
        }
        return isAutomatic(flushing) ? Flush.Trigger.AUTO : Flush.Trigger.EXPLICIT;
    }

    private static boolean isAutomatic(@Nullable Object flushing) {
        Class<?> type = flushing == null ? null : flushing.getClass();
        for (; type != null; type = type.getSuperclass()) {
            if (type.getName().endsWith(AUTO_FLUSH)) {
                return true;
            }
        }
        return false;
    }

    /** A flush between its two ends, which go to the same listener. */
    private static final class StartedFlush {

        private final EngineListener listener;
        private final Flush flush;
        private final @Nullable Object started;

        StartedFlush(EngineListener listener, Flush flush, @Nullable Object started) {
            this.listener = listener;
            this.flush = flush;
            this.started = started;
        }

        void ended(@Nullable Throwable thrown) {
            listener.flushEnded(flush, started, thrown);
        }
    }
}

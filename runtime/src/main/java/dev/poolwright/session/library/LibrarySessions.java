package dev.poolwright.session.library;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionStep;
import dev.poolwright.time.Ticker;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the woven classes of one library call: turns their points into opened and closed sessions, flushes and ends of
 * transactions. A copy of the library that cannot answer is not asked again: one line says so, and its application goes
 * on unobserved.
 *
 * <p>Safe for any thread. What a listener throws goes to the caller, with the state here as it should be.
 */
public final class LibrarySessions {

    /** A session's constructor: {@link #entered} before there is a session, {@link #left} when there is. */
    public static final int OPENED = 1;

    /** A session's {@code close()}; may be reached more than once for one session. */
    public static final int CLOSED = 2;

    /** The execution of a flush's statements, where every flush of the library passes once. */
    public static final int FLUSH = 3;

    /** Flushes in here are the commit's. */
    public static final int COMMIT_FLUSH = 4;

    /** The application's commit. */
    public static final int COMMIT = 5;

    /** The application's rollback. */
    public static final int ROLLBACK = 6;

    /** Flushes in here are a query's. */
    public static final int QUERY_FLUSH = 7;

    /** Both {@link #COMMIT} and {@link #COMMIT_FLUSH}. */
    public static final int FLUSHING_COMMIT = 8;

    /** Flushes in here are the application's. */
    public static final int EXPLICIT_FLUSH = 9;

    private final Library library;
    private final SessionWatch watch;
    private final Supplier<@Nullable EngineListener> listener;
    private final UnknownLibraries unknown;
    private final Consumer<String> warnings;

    /**
     * @param watch    who keeps track of open sessions
     * @param listener who hears of what sessions do; asked each time, null = nobody, then nothing is read from one
     * @param unknown  copies of libraries of which nothing is asked
     * @param warnings gets one line for each copy that is found to be unknown
     */
    LibrarySessions(
            Library library,
            SessionWatch watch,
            Supplier<@Nullable EngineListener> listener,
            UnknownLibraries unknown,
            Consumer<String> warnings) {
        this.library = library;
        this.watch = watch;
        this.listener = listener;
        this.unknown = unknown;
        this.warnings = warnings;
    }

    /**
     * A point is reached.
     *
     * @param point    one of the constants of this class; others are ignored
     * @param self     the object whose method it is: the session, or another; null at {@link #OPENED}
     * @param argument what that was called with, where it says anything; else null
     * @return handed to {@link #left} on the same thread; may be null
     */
    public @Nullable Object entered(int point, @Nullable Object self, @Nullable Object argument) {
        EngineListener hears = listener.get();
        if (hears == null) {
            return null;
        }
        if (point == OPENED) {
            return new StartedStep(hears, null);
        }
        return self == null ? null : entered(hears, point, self, argument);
    }

    private @Nullable Object entered(EngineListener hears, int point, Object self, @Nullable Object argument) {
        switch (point) {
            case CLOSED:
            case COMMIT:
            case ROLLBACK:
                return new StartedStep(hears, null);
            case FLUSHING_COMMIT:
                return new StartedStep(hears, Enclosing.enter(self, Flush.Trigger.COMMIT));
            case FLUSH:
                return flushStarted(hears, self, argument);
            case COMMIT_FLUSH:
                return Enclosing.enter(self, Flush.Trigger.COMMIT);
            case QUERY_FLUSH:
                return Enclosing.enter(self, Flush.Trigger.AUTO);
            case EXPLICIT_FLUSH:
                return Enclosing.enter(self, Flush.Trigger.EXPLICIT);
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
                opened(self, token);
                break;
            case CLOSED:
                // However it ended: the application did close it.
                SessionInfo closed = watch.closed(self);
                if (closed != null) {
                    tell(token, closed, SessionStep.CLOSE, thrown);
                }
                break;
            case COMMIT:
            case FLUSHING_COMMIT:
                ended(self, token, SessionStep.COMMIT, thrown);
                break;
            case ROLLBACK:
                ended(self, token, SessionStep.ROLLBACK, thrown);
                break;
            default:
                if (token instanceof StartedFlush) {
                    ((StartedFlush) token).ended(thrown);
                } else if (token instanceof Enclosing) {
                    ((Enclosing) token).leave();
                }
        }
    }

    private void opened(Object session, @Nullable Object token) {
        if (!isLease(session)) {
            return;
        }
        SessionInfo info = library.infoOf(session);
        if (watch.opened(session, info)) {
            tell(token, info, SessionStep.OPEN, null);
        }
    }

    private void ended(Object self, @Nullable Object token, SessionStep step, @Nullable Throwable thrown) {
        if (token instanceof StartedStep) {
            Enclosing around = ((StartedStep) token).around;
            if (around != null) {
                around.leave();
            }
        }
        if (!unknown.contains(library.usual.library(), self)) {
            tell(token, library.usual, step, thrown);
        }
    }

    private static void tell(
            @Nullable Object token, SessionInfo session, SessionStep step, @Nullable Throwable thrown) {
        if (token instanceof StartedStep) {
            StartedStep started = (StartedStep) token;
            started.listener.sessionStepped(session, step, started.nanos, Ticker.SYSTEM.nanos(), thrown);
        }
    }

    private @Nullable Object flushStarted(EngineListener hears, Object self, @Nullable Object argument) {
        if (unknown.contains(library.usual.library(), self)) {
            return null;
        }
        Flush flush;
        try {
            flush = library.flush(self, argument);
        } catch (Throwable failure) {
            switchOff(self, failure);
            return null;
        }
        return flush == null ? null : new StartedFlush(hears, flush, hears.flushStarted(flush));
    }

    private boolean isLease(Object session) {
        if (unknown.contains(library.usual.library(), session)) {
            return false;
        }
        try {
            return library.isLease(session);
        } catch (Throwable failure) {
            switchOff(session, failure);
            return false;
        }
    }

    private void switchOff(Object self, Throwable failure) {
        String name = library.usual.library();
        if (unknown.add(name, self.getClass().getClassLoader())) {
            warnings.accept(name + ": its sessions and flushes are not watched, "
                    + self.getClass().getName() + " is not as we know it: " + failure);
        }
    }

    /** A step between its two ends, which go to the same listener. */
    private static final class StartedStep {

        private final EngineListener listener;
        private final @Nullable Enclosing around;
        private final long nanos = Ticker.SYSTEM.nanos();

        StartedStep(EngineListener listener, @Nullable Enclosing around) {
            this.listener = listener;
            this.around = around;
        }
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

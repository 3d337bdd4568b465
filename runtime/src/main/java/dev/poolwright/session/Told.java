package dev.poolwright.session;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Flush;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionStep;
import dev.poolwright.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Tells the listener of one session, whose accidents reach nobody. */
final class Told {

    static final SessionInfo SESSION = new SessionInfo("poolwright", "Session");

    private final @Nullable EngineListener listener;
    private final AtomicLong accidents;

    /** @param accidents where failures that nobody hears of are counted */
    Told(@Nullable EngineListener listener, AtomicLong accidents) {
        this.listener = listener;
        this.accidents = accidents;
    }

    /** Something failed that nobody is to hear of. */
    void accident() {
        accidents.incrementAndGet();
    }

    /** The time if somebody listens; otherwise 0, and no clock is read. */
    long now() {
        return listener == null ? 0 : Ticker.SYSTEM.nanos();
    }

    void opened() {
        EngineListener hears = listener;
        if (hears != null) {
            try {
                hears.sessionOpened(SESSION);
                long now = now();
                hears.sessionStepped(SESSION, SessionStep.OPEN, now, now, null);
            } catch (Throwable accident) {
                accidents.incrementAndGet();
            }
        }
    }

    void stepped(SessionStep step, long startNanos, @Nullable Throwable failure) {
        EngineListener hears = listener;
        if (hears != null) {
            try {
                hears.sessionStepped(SESSION, step, startNanos, now(), failure);
            } catch (Throwable accident) {
                accidents.incrementAndGet();
            }
        }
    }

    void closed(long startNanos, @Nullable Throwable failure) {
        stepped(SessionStep.CLOSE, startNanos, failure);
        EngineListener hears = listener;
        if (hears != null) {
            try {
                hears.sessionClosed(SESSION);
            } catch (Throwable accident) {
                accidents.incrementAndGet();
            }
        }
    }

    @Nullable
    Object flushStarted(Flush flush) {
        EngineListener hears = listener;
        try {
            return hears == null ? null : hears.flushStarted(flush);
        } catch (Throwable accident) {
            accidents.incrementAndGet();
            return null;
        }
    }

    void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        EngineListener hears = listener;
        if (hears != null) {
            try {
                hears.flushEnded(flush, started, failure);
            } catch (Throwable accident) {
                accidents.incrementAndGet();
            }
        }
    }
}

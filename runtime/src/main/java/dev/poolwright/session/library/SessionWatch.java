package dev.poolwright.session.library;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.leak.Origin;
import dev.poolwright.leak.UnclosedWatch;
import dev.poolwright.time.CoarseClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of other people's libraries are open, and which can never be closed any more because nobody can reach
 * them: those are reported, nothing is done to them.
 *
 * <p>Any thread may call anything but {@link #tick}, which is for the housekeeper alone. A session costs one entry of a
 * map from open to close, and one unresolved stack where lines are traced.
 */
public final class SessionWatch {

    private final UnclosedWatch<OpenSession> open;
    private final boolean trace;
    private final Supplier<@Nullable EngineListener> listener;
    private final Consumer<Leak> leaks;

    /**
     * @param clock    kept by the housekeeper while {@link #tick} is being called; stopped here when nothing is open
     * @param start    has {@link #tick} called and the clock kept from now on; called whenever the clock is found stopped
     * @param trace    whether to record the line that opens a session, about a microsecond per ten frames
     * @param listener who hears of openings, closings and leaks; asked each time, null = nobody
     * @param leaks    the log, whether anybody listens or not
     */
    public SessionWatch(
            CoarseClock clock,
            Runnable start,
            boolean trace,
            Supplier<@Nullable EngineListener> listener,
            Consumer<Leak> leaks) {
        this.open = new UnclosedWatch<>(clock, start, 0);
        this.trace = trace;
        this.listener = listener;
        this.leaks = leaks;
    }

    /**
     * This session is open from now on, by the line that is calling.
     *
     * @return false if that was known; then nothing was done
     */
    public boolean opened(Object session, SessionInfo info) {
        OpenSession entry = new OpenSession(session, open, info, trace ? Origin.capture() : null);
        if (!open.opened(entry)) {
            return false;
        }
        EngineListener hears = listener.get();
        if (hears != null) {
            entry.told(hears);
            hears.sessionOpened(info);
        }
        return true;
    }

    /**
     * This session is closed.
     *
     * @return what it was; null if it was closed before, or nobody said that it was open: then nothing was done
     */
    public @Nullable SessionInfo closed(Object session) {
        OpenSession entry = open.closed(session);
        if (entry == null) {
            return null;
        }
        tellClosed(entry);
        return entry.info();
    }

    /**
     * Reports the sessions found unreachable since the last call.
     *
     * @return how many are open; 0 = need not be called again before {@code start} asks for it
     */
    public int tick(long nowNanos) {
        return open.tick(nowNanos, new Consumer<OpenSession>() {
            @Override
            public void accept(OpenSession lost) {
                report(lost, nowNanos);
            }
        });
    }

    /** What would be reported were the JVM to end now: all that are open, as held at exit, but a container's. */
    public List<Leak> open() {
        long nowNanos = open.nanos();
        List<Leak> held = new ArrayList<>();
        for (OpenSession entry : open.open()) {
            if (!entry.isContainers()) {
                held.add(entry.leak(Leak.Action.HELD_AT_EXIT, nowNanos));
            }
        }
        return held;
    }

    private void report(OpenSession lost, long nowNanos) {
        if (lost.isContainers()) {
            tellClosed(lost);
            return;
        }
        Leak leak = lost.leak(Leak.Action.REPORTED, nowNanos);
        leaks.accept(leak);
        EngineListener hears = listener.get();
        if (hears != null) {
            hears.leaked(leak);
        }
        tellClosed(lost);
    }

    /** Only to who heard of the opening: a listener that came later would count below zero. */
    private static void tellClosed(OpenSession entry) {
        EngineListener told = entry.told();
        if (told != null) {
            told.sessionClosed(entry.info());
        }
    }
}

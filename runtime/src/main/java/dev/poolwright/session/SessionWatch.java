package dev.poolwright.session;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.leak.Origin;
import dev.poolwright.time.CoarseClock;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
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
    /*
     * Shared: open (concurrent map), clock. Nothing else.
     *
     * S1  Who takes an entry out of open has ended that session, and only he tells of it: closed() or tick(), never
     *     both, whatever threads they run on.                                   [SessionWatchTest.ends_every_..]
     * S2  Nothing here keeps a session reachable: keys are weak, entries are phantoms, an origin holds no objects.
     *     A phantom and not the weak key says that a session is lost: a finalizer may still close what only it can
     *     reach.                                                             [SessionWatchTest, .._finalizer_..]
     * S3  Where a session is open, the clock runs. opened(): enter, then look at the clock; tick(): stop the clock,
     *     then look at the map once more. All of it volatile, so one of them sees the other.
     *                                                                   [SessionWatchTest.leaves_the_clock_..]
     */

    private final ConcurrentHashMap<SessionKey, OpenSession> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final CoarseClock clock;
    private final Runnable start;
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
        this.clock = clock;
        this.start = start;
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
        SessionKey key = new SessionKey(session);
        OpenSession entry = new OpenSession(session, key, unreachable, info, trace ? Origin.capture() : null);
        if (open.putIfAbsent(key, entry) != null) {
            return false;
        }
        // After the entry: in the other order a tick in between could stop the clock on a session that is open (S3).
        if (clock.isStopped()) {
            start.run();
        }
        entry.since(clock.nanos());
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
        OpenSession entry = open.remove(new SessionKey(session));
        if (entry == null) {
            return null;
        }
        entry.clear();
        tellClosed(entry);
        return entry.info();
    }

    /**
     * Reports the sessions found unreachable since the last call.
     *
     * @return how many are open; 0 = need not be called again before {@code start} asks for it
     */
    public int tick(long nowNanos) {
        if (!clock.isStopped()) {
            clock.set(nowNanos);
        }
        for (Reference<?> found = unreachable.poll(); found != null; found = unreachable.poll()) {
            OpenSession lost = (OpenSession) found;
            // Java 8 keeps the referent until then.
            lost.clear();
            if (open.remove(lost.key(), lost)) {
                report(lost, nowNanos);
            }
        }
        if (open.isEmpty()) {
            clock.stop();
            // After the clock stands: an opening before this look is seen, one after it sees the clock (S3).
            if (!open.isEmpty()) {
                clock.set(nowNanos);
            }
        }
        return open.size();
    }

    /** What would be reported were the JVM to end now: all that are open, as held at exit, but a container's. */
    public List<Leak> open() {
        long nowNanos = clock.nanos();
        List<Leak> held = new ArrayList<>();
        for (OpenSession entry : open.values()) {
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

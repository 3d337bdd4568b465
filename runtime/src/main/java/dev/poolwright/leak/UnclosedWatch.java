package dev.poolwright.leak;

import dev.poolwright.time.CoarseClock;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which things of other people's are open, and which can never be closed any more because nobody can reach them: of those
 * it tells, nothing is done to them.
 *
 * <p>Any thread may call anything but {@link #tick}, which is for the housekeeper alone. A thing costs one entry of a map
 * from open to close, and one unresolved stack where lines are traced.
 *
 * @param <E> what is remembered of each
 */
public final class UnclosedWatch<E extends Unclosed> {
    /*
     * Shared: open (concurrent map), clock. Nothing else.
     *
     * U1  Who takes an entry out of open has ended that thing, and only he tells of it: closed() or tick(), never both,
     *     whatever threads they run on.                                          [SessionWatchTest.ends_every_..]
     * U2  Nothing here keeps a thing reachable: keys are weak, entries are phantoms. A phantom and not the weak key says
     *     that a thing is lost: a finalizer may still close what only it can reach.
     *                                                                        [SessionWatchTest, .._finalizer_..]
     * U3  Where a thing is open, the clock runs. opened(): enter, then look at the clock; tick(): stop the clock, then
     *     look at the map once more. All of it volatile, so one of them sees the other.
     *                                                                       [SessionWatchTest.leaves_the_clock_..]
     * U4  An origin refers to the classes on its stack until it is resolved, and they to what their application keeps in
     *     static fields: of what is open for long it is, or an application that was undeployed with something open
     *     would stay.                                                              [UnclosedWatchTest]
     */

    /** An origin older than this is resolved. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentHashMap<IdentityKey, E> open = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private final CoarseClock clock;
    private final Runnable start;
    private final long lingerNanos;
    private long emptySinceNanos = CoarseClock.STOPPED; // of the housekeeper

    /**
     * @param clock       kept by the housekeeper while {@link #tick} is being called; stopped here when nothing is open
     * @param start       has {@link #tick} called and the clock kept from now on; called whenever the clock is found
     *                    stopped
     * @param lingerNanos how long nothing has to be open before the clock is stopped: what is opened and closed all the
     *                    time would start a thread each time
     */
    public UnclosedWatch(CoarseClock clock, Runnable start, long lingerNanos) {
        this.clock = clock;
        this.start = start;
        this.lingerNanos = lingerNanos;
    }

    ReferenceQueue<Object> unreachable() {
        return unreachable;
    }

    /**
     * This thing is open from now on.
     *
     * @return false if it was already: then nothing has changed
     */
    public boolean opened(E entry) {
        if (open.putIfAbsent(entry.key(), entry) != null) {
            return false;
        }
        // After the entry: in the other order a tick in between could stop the clock on a thing that is open (U3).
        if (clock.isStopped()) {
            start.run();
        }
        entry.since(clock.nanos());
        return true;
    }

    /** This thing is closed: what was remembered of it, or null if it was closed before or nobody said it was open. */
    public @Nullable E closed(Object thing) {
        E entry = open.isEmpty() ? null : open.remove(new IdentityKey(thing));
        if (entry != null) {
            entry.clear();
        }
        return entry;
    }

    /**
     * Tells of the things found unreachable since the last call; they are not open any more.
     *
     * @return how much is to be watched on; 0 = need not be called again before {@code start} asks for it
     */
    @SuppressWarnings("unchecked") // only entries of this watch are registered with its queue
    public int tick(long nowNanos, Consumer<? super E> lost) {
        if (!clock.isStopped()) {
            clock.set(nowNanos);
        }
        for (Reference<?> found = unreachable.poll(); found != null; found = unreachable.poll()) {
            E entry = (E) found;
            // Java 8 keeps the referent until then.
            entry.clear();
            if (open.remove(entry.key(), entry)) {
                lost.accept(entry);
            }
        }
        for (E entry : open.values()) {
            Origin origin = entry.origin();
            if (origin != null && entry.heldNanos(nowNanos) >= LONG_NANOS) {
                origin.resolve();
            }
        }
        return open.isEmpty() ? rest(nowNanos) : busy();
    }

    private int busy() {
        emptySinceNanos = CoarseClock.STOPPED;
        return open.size();
    }

    private int rest(long nowNanos) {
        if (emptySinceNanos == CoarseClock.STOPPED) {
            emptySinceNanos = nowNanos;
        }
        if (nowNanos - emptySinceNanos < lingerNanos) {
            return 1;
        }
        clock.stop();
        emptySinceNanos = CoarseClock.STOPPED;
        // After the clock stands: an opening before this look is seen, one after it sees the clock (U3).
        if (!open.isEmpty()) {
            clock.set(nowNanos);
        }
        return open.size();
    }

    /** What is open at this moment. */
    public Collection<E> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** The time as of the last tick. */
    public long nanos() {
        return clock.nanos();
    }
}

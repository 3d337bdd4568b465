package dev.poolwright.house;

import dev.poolwright.time.CoarseClock;
import dev.poolwright.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ticks all pools that have something open: one daemon thread for the whole JVM, which starts with the first of them and
 * ends with the last. Any thread may call anything.
 */
public final class Housekeeper {
    /*
     * Shared: watched and thread, both guarded by lock; each pool's clock.
     *
     * H1  A pool with something to watch is in watched, and watched is empty or there is a thread. Both change under the
     *     lock only, and the thread ends under it.                                                 [HousekeeperTest]
     * H2  A pool's clock runs exactly while it is in watched, but for the moment in which tick() has stopped it and the
     *     thread has not yet looked. Watch.start() in that moment sets the clock under the lock, and forget() keeps a
     *     pool whose clock runs.                                                                   [HousekeeperTest]
     * H3  No lock is held during a tick. What it throws is counted and stops nobody else's.        [HousekeeperTest]
     */

    private static final long DEFAULT_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** So many servers may be silent before others' closings wait for them. */
    static final int MAX_CLOSERS = 8;

    /** So many openings of one pool may hang before its next one has to wait for them. */
    private static final int MAX_OPENERS = 64;

    /** Ticks from one chore to the next: two seconds. */
    private static final int CHORE_TICKS = 8;

    private static final Executor AT_ONCE = new Executor() {
        @Override
        public void execute(Runnable work) {
            work.run();
        }
    };

    private static final class Shared {
        static final Housekeeper INSTANCE = new Housekeeper(Ticker.SYSTEM, DEFAULT_TICK_NANOS);
    }

    private final Object lock = new Object();
    private final List<Watch> watched = new ArrayList<>();
    private volatile @Nullable Runnable chore;
    private final AtomicBoolean choreIsOn = new AtomicBoolean();
    private int ticksToChore; // of its thread
    private final AtomicLong failedTicks = new AtomicLong();
    private final Ticker ticker;
    private final long tickNanos;
    private @Nullable Thread thread;
    private @Nullable Crew closers;

    /**
     * @param ticker    the clock of all pools that use this housekeeper
     * @param tickNanos time between two ticks; 0 = there is no thread at all, {@link #tickAll} is called by hand
     */
    public Housekeeper(Ticker ticker, long tickNanos) {
        this.ticker = ticker;
        this.tickNanos = tickNanos;
    }

    /** The one of this JVM: ticks every 250 ms. */
    public static Housekeeper shared() {
        return Shared.INSTANCE;
    }

    /** Has the threads of all housekeepers made by {@code maker} from now on. */
    public static void threadsBy(ThreadMaker maker) {
        HousekeeperThread.madeBy(maker);
    }

    /**
     * A thread for the end of the JVM, not started: it waits for that as long as the JVM lives, so it keeps nothing of
     * the application that happened to be calling.
     */
    public static Thread threadForTheEnd(Runnable work, String name) {
        return HousekeeperThread.make(work, name);
    }

    /**
     * Runs what may wait for a server that never answers, on a thread of its own: one thing after the other, but next to
     * what is given to other executors of this kind.
     */
    public Executor aside() {
        if (tickNanos == 0) {
            return AT_ONCE;
        }
        synchronized (lock) {
            if (closers == null) {
                closers = new Crew("poolwright-closer", MAX_CLOSERS, failedTicks);
            }
            return closers.line();
        }
    }

    /**
     * Up to {@code most} daemon threads of that name, which end when nothing is left: what is given to them runs next to each
     * other, what was given first first.
     */
    public Executor crew(String name, int most) {
        return new Crew(name, most, failedTicks).each();
    }

    /** What calls back at deadlines, with a thread while there are any. */
    public Alarms alarms() {
        return new Alarms(crew("poolwright-alarm", 1), failedTicks);
    }

    /** Closings and aborts that wait for a thread or for their server. */
    public int pendingAside() {
        synchronized (lock) {
            return closers == null ? 0 : closers.pending();
        }
    }

    /** Ticks, closings aside and alarms that threw. */
    public long failedTicks() {
        return failedTicks.get();
    }

    /** Whether its thread runs now. */
    public boolean isRunning() {
        synchronized (lock) {
            return thread != null;
        }
    }

    /** The clock of all that it ticks. */
    public Ticker ticker() {
        return ticker;
    }

    /** An entry for {@code ticked}, which is ticked from the next {@link Watch#start} on. */
    public Watch watch(Ticked ticked) {
        return new Watch(this, ticked);
    }

    /** Has {@code work} done every two seconds while there is anything to tick, where nobody waits for it; null = no more. */
    public void nowAndThen(@Nullable Runnable work) {
        chore = work;
    }

    private void doChore() {
        Runnable work = chore;
        if (work != null && ++ticksToChore >= CHORE_TICKS) {
            ticksToChore = 0;
            if (choreIsOn.compareAndSet(false, true)) { // one that hangs holds up one thread
                aside().execute(new Runnable() {
                    @Override
                    public void run() {
                        try {
                            work.run();
                        } finally {
                            choreIsOn.set(false);
                        }
                    }
                });
            }
        }
    }

    /** One tick of every pool that is watched, on this thread. */
    public void tickAll() {
        assert !Thread.holdsLock(lock);
        doChore();
        for (Watch watch : snapshot()) {
            try {
                watch.ticked.tick(ticker.nanos());
            } catch (Exception | Error failure) {
                failedTicks.incrementAndGet();
            }
        }
        forgetStopped();
    }

    private List<Watch> snapshot() {
        synchronized (lock) {
            return new ArrayList<>(watched);
        }
    }

    private void forgetStopped() {
        synchronized (lock) {
            for (int i = watched.size() - 1; i >= 0; i--) {
                if (watched.get(i).clock.isStopped()) {
                    watched.remove(i);
                }
            }
        }
    }

    private Crew openers(Watch watch) {
        synchronized (lock) {
            Crew known = watch.openers;
            if (known == null) {
                known = new Crew("poolwright-opener", MAX_OPENERS, failedTicks);
                watch.openers = known;
            }
            return known;
        }
    }

    private void start(Watch watch) {
        synchronized (lock) {
            // First what can fail: the clock of a pool that is not ticked must not run, or nobody would try again (H1).
            if (thread == null && tickNanos > 0) {
                thread = HousekeeperThread.start(new Rounds());
            }
            watch.clock.set(ticker.nanos());
            if (!watched.contains(watch)) {
                watched.add(watch);
            }
        }
    }

    /** The entry of one that is ticked, and its clock. */
    public static final class Watch {

        private final Housekeeper keeper;
        private final Ticked ticked;
        private final CoarseClock clock = new CoarseClock();
        private @Nullable Crew openers; // guarded by the lock of keeper
        private volatile @Nullable Executor aside; // of its own tick, or under nobody's lock: two lines do no harm

        private Watch(Housekeeper keeper, Ticked ticked) {
            this.keeper = keeper;
            this.ticked = ticked;
        }

        /** Runs while it is ticked. */
        public CoarseClock clock() {
            return clock;
        }

        /** The time as of the last tick, or the real one if there is none. */
        public long nanos() {
            long coarse = clock.nanos();
            return coarse == CoarseClock.STOPPED ? keeper.ticker.nanos() : coarse;
        }

        /** As {@link #nanos}, and has it ticked. */
        public long nanosStarted() {
            start();
            return nanos();
        }

        /** A tick has begun. */
        public void tick(long nowNanos) {
            if (!clock.isStopped()) {
                clock.set(nowNanos);
            }
        }

        /** Runs {@code closing} where nobody waits for it; one after the other for each that is ticked. */
        public void aside(Runnable closing) {
            Executor line = aside;
            if (line == null) {
                line = keeper.aside();
                aside = line;
            }
            line.execute(closing);
        }

        /** The clock that {@link #clock} follows. */
        public Ticker ticker() {
            return keeper.ticker;
        }

        /**
         * Runs {@code opening}, which may hang, next to the others; at the most 64 for each that is ticked. Where others are
         * under way it may begin only when one of them ends, or {@link #hurry} is called.
         */
        public void open(Runnable opening) {
            keeper.openers(this).executeSoon(opening);
        }

        /** If {@code opening} has not begun it does now, whatever the others do; but for the limit on all of them. */
        public void hurry(Runnable opening) {
            keeper.openers(this).hurry(opening);
        }

        /** As {@link Housekeeper#crew}. */
        public Executor crew(String name, int most) {
            return keeper.crew(name, most);
        }

        /** As {@link Housekeeper#alarms}. */
        public Alarms alarms() {
            return keeper.alarms();
        }

        /** Has it ticked, if it is not. */
        public void start() {
            if (clock.isStopped()) {
                keeper.start(this);
            }
        }
    }

    private final class Rounds implements Runnable {

        @Override
        public void run() {
            do {
                LockSupport.parkNanos(this, tickNanos);
                tickAll();
            } while (!ended());
        }

        private boolean ended() {
            synchronized (lock) {
                if (!watched.isEmpty()) {
                    return false;
                }
                thread = null;
                return true;
            }
        }
    }
}

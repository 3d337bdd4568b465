package dev.poolwright.engine;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import dev.poolwright.session.library.Libraries;
import dev.poolwright.session.library.LibrarySessions;
import dev.poolwright.session.library.SessionWatch;
import dev.poolwright.session.library.UnknownLibraries;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of object-relational mappers in this JVM, looked after by the housekeeper. Safe for any thread. */
public final class WatchedSessions {

    private final Ticks ticks = new Ticks();
    private final SessionWatch watch;
    private final Libraries libraries;

    /**
     * @param traceLeaks whether to record the line that opens a session
     * @param listener   who hears of sessions and flushes; asked each time, null = nobody
     * @param leaks      gets what was never closed
     * @param unknown    copies of libraries of which nothing is asked; more are added
     * @param warnings   gets one line where a version of a mapper is not understood
     */
    public WatchedSessions(
            boolean traceLeaks,
            Supplier<@Nullable EngineListener> listener,
            Consumer<Leak> leaks,
            UnknownLibraries unknown,
            Consumer<String> warnings) {
        Housekeeper.Watch house = Housekeeper.shared().watch(ticks);
        watch = new SessionWatch(house.clock(), new Starter(house), traceLeaks, listener, leaks);
        ticks.house = house;
        ticks.watch = watch;
        libraries = new Libraries(watch, listener, unknown, warnings);
    }

    /** Those of a library, by the number that woven code knows it by. */
    public LibrarySessions of(int library) {
        return libraries.get(library);
    }

    /** Nothing is told any more, so that what is not closed as far as known may well be: from now on nothing is said of it. */
    public void stop() {
        ticks.watch = null;
    }

    /** What is open now, as leaks that are only reported: for the end of the JVM. */
    public List<Leak> held() {
        return ticks.watch == null ? Collections.<Leak>emptyList() : watch.open();
    }

    private static final class Ticks implements Ticked {

        private volatile Housekeeper.@Nullable Watch house;
        private volatile @Nullable SessionWatch watch;

        @Override
        public long tick(long nowNanos) {
            SessionWatch ready = watch;
            if (ready != null) {
                return ready.tick(nowNanos);
            }
            Housekeeper.Watch mine = house;
            if (mine != null) {
                mine.clock().stop();
            }
            return 0;
        }
    }

    private static final class Starter implements Runnable {

        private final Housekeeper.Watch house;

        Starter(Housekeeper.Watch house) {
            this.house = house;
        }

        @Override
        public void run() {
            house.start();
        }
    }
}

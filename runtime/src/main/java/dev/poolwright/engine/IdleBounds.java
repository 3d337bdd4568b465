package dev.poolwright.engine;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import dev.poolwright.pool.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the idle connections of all engines of an agent, per server and in all: an application may use thousands of
 * keys, and one idle connection each would be more than a server takes. Given up first is what was not used for the
 * longest time; also where a server refuses one more.
 *
 * <p>Any thread may call anything.
 */
final class IdleBounds implements Ticked {
    /*
     * Idle ones are not counted: each borrow and return would have to. What is open is, at opening and closing, and only
     * where that is above a bound somebody looks how many of it are idle.
     *
     * I1  Before one more is opened, or just after the first of a key, no more than the bound are idle.  [IdleBoundsTest]
     * I2  What becomes idle by coming back is brought below the bound at the next tick.                  [IdleBoundsTest]
     * I3  This is ticked while more is open than a bound: opened() counts first and then starts the clock, tick() stops
     *     the clock and then looks again.                                                                [IdleBoundsTest]
     */

    /** Of the engines that code builds by itself: each has its size. */
    private static final IdleBounds WITHOUT_LIMIT = new IdleBounds(-1, -1, Housekeeper.shared());

    /** How long the goodbye to a server may hold up an application's thread. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A server is told that a connection ends, and counts it until it has noticed: some milliseconds, or many. */
    private static final long NOTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private volatile int perServer;
    private volatile int inAll;
    private final Housekeeper.Watch watch;
    private final Object lock = new Object();
    private final Map<String, Server> servers = new HashMap<>(); // guarded by lock
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param perServer idle connections to one server at the most; -1 = any number
     * @param inAll     the same for all servers together
     */
    IdleBounds(int perServer, int inAll, Housekeeper housekeeper) {
        this.perServer = orNone(perServer);
        this.inAll = orNone(inAll);
        this.watch = housekeeper.watch(this);
    }

    private static int orNone(int bound) {
        return bound < 0 ? Integer.MAX_VALUE : bound;
    }

    /** What is bounded from the next opening, or the next tick, on. */
    void limits(int newPerServer, int newInAll) {
        boolean lower = orNone(newPerServer) < perServer || orNone(newInAll) < inAll;
        perServer = orNone(newPerServer);
        inAll = orNone(newInAll);
        if (lower && open.get() > 0) {
            watch.start();
        }
    }

    /** Where engines that code builds by itself find those to the same server. */
    static IdleBounds withoutLimit() {
        return WITHOUT_LIMIT;
    }

    /** One server and the engines that may have connections to it. */
    final class Server {

        private final String name;
        private final AtomicInteger openHere = new AtomicInteger();

        /** Weak: one that code has built and forgotten may go. */
        private final Set<Engine> engines = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

        private Server(String name) {
            this.name = name;
        }

        /** A connection of one of its engines was opened. */
        void opened() {
            int here = openHere.incrementAndGet();
            int all = open.incrementAndGet();
            if (here > perServer || all > inAll) {
                watch.start();
            }
        }

        /**
         * Gives up the idle connection to it which was not used for the longest time, since it has refused one more.
         *
         * @return false if there is none; else it is closed, or a second has passed, and the server has had time to notice
         */
        boolean giveUp() {
            Engine oldest = leastRecentlyUsed(engines());
            if (oldest == null || !oldest.pool().dropIdle(PATIENCE_NANOS)) {
                return false;
            }
            LockSupport.parkNanos(NOTICE_NANOS);
            return true;
        }

        /** The engine is closed; what it has lent is counted on. */
        void remove(Engine engine) {
            synchronized (lock) {
                engines.remove(engine);
                if (engines.isEmpty() && servers.get(name) == this) {
                    servers.remove(name);
                }
            }
        }

        private List<Engine> engines() {
            synchronized (engines) {
                return new ArrayList<>(engines);
            }
        }

        /** And is closed. */
        void closed() {
            openHere.decrementAndGet();
            open.decrementAndGet();
        }

        /** Gives up idle ones where one more would be too many. */
        void makeRoom() {
            if (openHere.get() >= perServer) {
                trim(engines(), perServer - 1);
            }
            if (open.get() >= inAll) {
                trim(allEngines(), inAll - 1);
            }
        }
    }

    /** The server called {@code name}, for an engine that is about to be made; {@link #add} it. */
    Server server(String name) {
        synchronized (lock) {
            Server known = servers.get(name);
            if (known == null) {
                forgetEmpty();
                known = new Server(name);
                servers.put(name, known);
            }
            return known;
        }
    }

    /** Those whose engines nobody closed, but are gone. */
    private void forgetEmpty() {
        for (Iterator<Server> each = servers.values().iterator(); each.hasNext(); ) {
            if (each.next().engines.isEmpty()) {
                each.remove();
            }
        }
    }

    void add(Engine engine, Server server) {
        synchronized (lock) {
            server.engines.add(engine);
            servers.put(server.name, server); // it may have been empty, and dropped
        }
    }

    /** Servers with an engine. */
    int size() {
        synchronized (lock) {
            return servers.size();
        }
    }

    /** As {@link Server#giveUp}, of the server called so. */
    boolean giveUp(String server) {
        Server known;
        synchronized (lock) {
            known = servers.get(server);
        }
        return known != null && known.giveUp();
    }

    private static void trim(Collection<Engine> engines, int bound) {
        int idle = 0;
        for (Engine engine : engines) {
            idle += engine.stats().idle();
        }
        for (; idle > bound; idle--) {
            Engine oldest = leastRecentlyUsed(engines);
            if (oldest == null || !oldest.pool().dropIdle(0)) {
                return; // lent in the meantime
            }
        }
    }

    /** By the tick it came back in; among those of one tick, by the order in which they were last opened. */
    private static @Nullable Engine leastRecentlyUsed(Collection<Engine> engines) {
        Engine oldest = null;
        long longest = 0;
        for (Engine engine : engines) {
            long since = engine.pool().longestIdleSince();
            if (since == Pool.NONE_IDLE) {
                continue;
            }
            long younger = oldest == null ? -1 : since - longest;
            if (oldest == null || younger < 0 || (younger == 0 && engine.lastOpening() - oldest.lastOpening() < 0)) {
                oldest = engine;
                longest = since;
            }
        }
        return oldest;
    }

    private List<Engine> allEngines() {
        List<Engine> all = new ArrayList<>();
        for (Server server : allServers()) {
            all.addAll(server.engines());
        }
        return all;
    }

    private List<Server> allServers() {
        synchronized (lock) {
            return new ArrayList<>(servers.values());
        }
    }

    @Override
    public long tick(long nowNanos) {
        for (Server server : allServers()) {
            if (server.openHere.get() > perServer) {
                trim(server.engines(), perServer);
            }
        }
        if (open.get() > inAll) {
            trim(allEngines(), inAll);
        }
        if (isAbove()) {
            return 1;
        }
        watch.clock().stop();
        if (isAbove()) { // opened before it stood (I3)
            watch.clock().set(nowNanos);
            return 1;
        }
        return 0;
    }

    private boolean isAbove() {
        if (open.get() > inAll) {
            return true;
        }
        for (Server server : allServers()) {
            if (server.openHere.get() > perServer) {
                return true;
            }
        }
        return false;
    }
}

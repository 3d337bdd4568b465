package dev.poolwright.engine;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import dev.poolwright.pool.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the idle connections of all engines of an agent, per server and in all: an application may use thousands of
 * keys, and one idle connection each would be more than a server takes. Given up first is what was not used for the
 * longest time.
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

    private final int perServer;
    private final int inAll;
    private final Housekeeper.Watch watch;
    private final Object lock = new Object();
    private final Map<String, Server> servers = new HashMap<>(); // guarded by lock
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param perServer idle connections to one server at the most; -1 = any number
     * @param inAll     the same for all servers together
     */
    IdleBounds(int perServer, int inAll, Housekeeper housekeeper) {
        this.perServer = perServer < 0 ? Integer.MAX_VALUE : perServer;
        this.inAll = inAll < 0 ? Integer.MAX_VALUE : inAll;
        this.watch = housekeeper.watch(this);
    }

    /** One server and the engines that may have connections to it. */
    final class Server {

        private final String name;
        private final AtomicInteger openHere = new AtomicInteger();
        private final Set<Engine> engines = ConcurrentHashMap.newKeySet();

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

        /** And is closed. */
        void closed() {
            openHere.decrementAndGet();
            open.decrementAndGet();
        }

        /** Gives up idle ones where one more would be too many. */
        void makeRoom() {
            if (openHere.get() >= perServer) {
                trim(engines, perServer - 1);
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
                known = new Server(name);
                servers.put(name, known);
            }
            return known;
        }
    }

    void add(Engine engine, Server server) {
        synchronized (lock) {
            server.engines.add(engine);
            servers.put(server.name, server); // it may have been empty, and dropped
        }
    }

    /** The engine is closed; what it has lent is counted on. */
    void remove(Engine engine, Server server) {
        synchronized (lock) {
            server.engines.remove(engine);
            if (server.engines.isEmpty() && servers.get(server.name) == server) {
                servers.remove(server.name);
            }
        }
    }

    /** Servers with an engine. */
    int size() {
        synchronized (lock) {
            return servers.size();
        }
    }

    /**
     * Gives up the idle connection to that server which was not used for the longest time.
     *
     * @param patienceNanos how long to wait for its end at the most
     * @return false if there is none
     */
    boolean giveUp(String server, long patienceNanos) {
        Server known;
        synchronized (lock) {
            known = servers.get(server);
        }
        Engine oldest = known == null ? null : leastRecentlyUsed(known.engines);
        return oldest != null && oldest.pool().dropIdle(patienceNanos);
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
            all.addAll(server.engines);
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
                trim(server.engines, perServer);
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

package dev.poolwright.gate;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.Pooling;
import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.Engines;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One call that is to be served, from the question which engine has a connection to the end of the call: whichever way
 * it came in. What it goes on with is an {@link Entry} on its thread's stack until it ends. Any thread.
 */
final class Serving {

    private final Engines engines;
    private final Entries entries;
    private final KnownPools pools;
    private final OtherPools otherPools;
    private final Lifetime lifetime;

    Serving(Engines engines, Entries entries, KnownPools pools, OtherPools otherPools, Lifetime lifetime) {
        this.engines = engines;
        this.entries = entries;
        this.pools = pools;
        this.otherPools = otherPools;
        this.lifetime = lifetime;
    }

    /** Whether the databases of that URL are pooled at all. */
    static boolean isServed(String url) {
        return Dialects.forUrl(url).isServed();
    }

    /** What a call goes on with, until the exit that follows; also after an accident. */
    void goOn(Object served) {
        if (served instanceof Entry) {
            entries.push((Entry) served);
        }
    }

    /** What the hook is told: a connection, a throwable, or null to go on. */
    static @Nullable Object verdict(Object served) {
        return served instanceof Entry ? null : served;
    }

    /**
     * A verdict, the {@link Entry} with which to go on, or null: there is no engine yet. A hit asks nothing of the URL:
     * what has an engine is served.
     *
     * @param calledDirectly whether the caller's class is known to be no pool's, so that a hit need not look further
     */
    @Nullable
    Object serve(EngineKey key, boolean calledDirectly) {
        Engine engine = engines.find(key);
        if (engine == null) {
            return null;
        }
        boolean looked = !calledDirectly && KnownPools.areLoaded();
        if (looked && pools.isOnStackOften()) {
            return Entry.RAW;
        }
        long start = engine.startOfCheckOut();
        Connection idle = engine.tryGetConnection(start);
        if (idle != null) {
            return idle;
        }
        if (!looked && pools.isOnStack()) {
            return Entry.RAW;
        }
        Slot<PhysicalConnection> slot;
        try {
            slot = engine.acquire(start);
        } catch (SQLException refused) {
            if (engine.isClosed()) {
                // It was dropped because it had no connection, or its driver is gone: as if it had never been.
                engines.forget(key, engine);
                return null;
            }
            return refused;
        }
        if (slot.resource() != null) {
            return engine.lend(slot, start);
        }
        return reserved(key, engine, slot, start);
    }

    /** The way to the first connection of an engine: {@link Entry#TRANSPARENT} where there is none to be. */
    Entry first(EngineKey key, String url, @Nullable Properties info) {
        String user;
        Pooling pooling;
        try {
            user = info == null ? null : info.getProperty("user");
            pooling = Dialects.forUrl(url).pooling(url, info);
        } catch (RuntimeException | Error unreadable) {
            return Entry.TRANSPARENT; // as with a key that cannot be made of it
        }
        return first(key, url, user, pooling);
    }

    Entry first(EngineKey key, String url, @Nullable String user, Pooling pooling) {
        if (pooling == Pooling.PASS_THROUGH) {
            return Entry.TRANSPARENT;
        }
        return pools.isOnStack() ? Entry.RAW : Entry.first(key, url, user, pooling);
    }

    private Entry reserved(EngineKey key, Engine engine, Slot<PhysicalConnection> slot, long start) {
        try {
            engines.makeRoom(engine);
            return Entry.reserved(key, engine, slot, start);
        } catch (RuntimeException | Error accident) {
            engine.abandon(slot);
            throw accident;
        }
    }

    /** Whether {@code failure} is for want of room at the server, and one of ours was given up for it. */
    boolean makesRoom(@Nullable String url, Throwable failure) {
        String server = url != null ? url : entries.urlOfTop();
        if (server == null
                || !(failure instanceof SQLException)
                || entries.roomWasMadeFor(failure)
                || !Dialects.forUrl(server).isTooManyConnections((SQLException) failure)
                || !engines.giveUpIdle(server)) {
            return false;
        }
        entries.madeRoomFor(failure);
        return true;
    }

    /** A driver or data source that was asked inside a call has opened {@code raw}. */
    Connection connectedInside(Object source, Connection raw) {
        Entry entry = entries.top();
        if (entry == null) {
            return raw;
        }
        otherPools.connected(entry, entries, source, raw);
        return adopt(entry, raw);
    }

    /** The application's own way to a connection begins. */
    static Entry connectBegins(Entry entry) {
        // Always for the first of an engine: who will hear of it is started when it is open.
        if (entry.startNanos() != 0 || entry.engine() == null) {
            entry.connectBegan(Ticker.SYSTEM.nanos());
        }
        return entry;
    }

    /** The connection that the application gets: a handle on {@code raw}, where it is to be pooled. */
    Connection adopt(Entry entry, Connection raw) {
        // A handle: a wrapper gives on what it was served itself, perhaps on another thread.
        if (!entry.adopts() || raw instanceof ConnectionHandle) {
            return raw;
        }
        Slot<PhysicalConnection> slot = entry.takeSlot();
        Engine engine = entry.engine();
        if (engine == null) {
            lifetime.begin();
            engine = makeEngine(entry);
            slot = engine == null ? null : engine.reserve();
        }
        if (engine == null || slot == null) {
            return raw;
        }
        long openNanos = entry.connectBegan() == 0 ? 0 : Ticker.SYSTEM.nanos() - entry.connectBegan();
        long start = entry.startNanos() == 0 ? entry.connectBegan() : entry.startNanos();
        return engine.adopt(slot, raw, start, openNanos);
    }

    private @Nullable Engine makeEngine(Entry entry) {
        EngineKey key = entry.key();
        String url = entry.url();
        Pooling pooling = entry.pooling();
        if (key == null || url == null || pooling == null) {
            return null;
        }
        Engine engine = engines.findOrMake(key, url, entry.user(), pooling, entry.isOfCall());
        Class<?> openedBy = entry.openedBy();
        if (engine != null && openedBy != null) {
            engine.openedBy(openedBy);
        }
        return engine;
    }

    /** The call is over, however it ended: what was reserved for it and not used is free again. */
    void left() {
        Entry entry = entries.pop();
        Slot<PhysicalConnection> unused = entry == null ? null : entry.takeSlot();
        Engine engine = entry == null ? null : entry.engine();
        if (unused != null && engine != null) {
            engine.abandon(unused);
        }
    }
}

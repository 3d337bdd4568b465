package dev.poolwright.engine;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.time.Deadline;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The engines that differ from one only in their credentials. Those of an application that names credentials with each
 * call may be many, so idle connections are kept for a minute at the most, and engines without a connection are dropped
 * when there are many.
 */
final class Siblings {

    /** Engines without a connection are looked for when there are this many, and again each time that doubles. */
    private static final int FIRST_SWEEP = 64;

    private final @Nullable EngineBuilder builder;
    private final Object lock = new Object();
    private final Map<List<@Nullable String>, Sibling> siblings = new HashMap<>(); // guarded by lock
    private boolean closed;
    private int sweepAt = FIRST_SWEEP;

    /** @param builder how the eldest was built, or null if it can have no siblings */
    Siblings(@Nullable EngineBuilder builder) {
        this.builder = builder;
    }

    /** One of them. */
    static final class Sibling {

        private final Engine engine;
        private final @Nullable String user;
        private final boolean hasPasswordOfEldest;
        private volatile boolean connected;

        Sibling(Engine engine, @Nullable String user, boolean hasPasswordOfEldest) {
            this.engine = engine;
            this.user = user;
            this.hasPasswordOfEldest = hasPasswordOfEldest;
        }

        Engine engine() {
            return engine;
        }
    }

    /** The one of {@code eldest} for these credentials, or null after {@link #close}. */
    @Nullable
    Sibling of(Engine eldest, @Nullable String user, @Nullable String password) throws SQLException {
        EngineBuilder likeTheEldest = builder;
        if (likeTheEldest == null) {
            throw new SQLFeatureNotSupportedException("this engine has one user");
        }
        List<@Nullable String> key = new ArrayList<>(2);
        key.add(user);
        key.add(password);
        List<Engine> unused = new ArrayList<>(0);
        Sibling known;
        synchronized (lock) {
            known = siblings.get(key);
            if (known == null && !closed) {
                takeUnused(unused);
                Engine made = likeTheEldest
                        .copy()
                        .ofOneCall()
                        .user(user)
                        .password(password)
                        .build();
                Runnable closer = idleCloser(eldest);
                made.idleCloser(closer);
                eldest.idleCloser(closer);
                known = new Sibling(made, user, likeTheEldest.hasPassword(password));
                siblings.put(key, known);
            }
        }
        for (Engine engine : unused) {
            engine.close();
        }
        return known;
    }

    private void takeUnused(List<Engine> unused) {
        if (siblings.size() < sweepAt) {
            return;
        }
        for (Iterator<Sibling> each = siblings.values().iterator(); each.hasNext(); ) {
            Engine engine = each.next().engine;
            EngineStats stats = engine.stats();
            if (stats.leased() + stats.idle() + stats.waiting() == 0) {
                unused.add(engine);
                each.remove();
            }
        }
        sweepAt = Math.max(FIRST_SWEEP, 2 * siblings.size());
    }

    /**
     * A connection of {@code sibling} was lent. The first time that proves its password, so those with another one for
     * the same user have an old one: what they have idle is closed, and what they have lent when it comes back.
     */
    void connected(Sibling sibling, Engine eldest) {
        if (sibling.connected) {
            return;
        }
        List<Engine> older = new ArrayList<>(0);
        synchronized (lock) {
            if (sibling.connected) {
                return;
            }
            for (Sibling each : siblings.values()) {
                if (each.connected && Objects.equals(each.user, sibling.user)) {
                    older.add(each.engine);
                }
            }
            sibling.connected = true;
        }
        EngineBuilder likeTheEldest = builder;
        if (likeTheEldest != null
                && likeTheEldest.knowsPassword()
                && Objects.equals(eldest.info().user(), sibling.user)
                && !sibling.hasPasswordOfEldest) {
            older.add(eldest);
        }
        for (Engine engine : older) {
            engine.disposeAside();
        }
    }

    /** Who hears of them, present and future. */
    void listener(@Nullable EngineListener listener) {
        EngineBuilder likeTheEldest = builder;
        if (likeTheEldest == null) {
            return;
        }
        Collection<Sibling> present;
        synchronized (lock) {
            likeTheEldest.listener(listener);
            present = new ArrayList<>(siblings.values());
        }
        for (Sibling sibling : present) {
            sibling.engine.listener(listener);
        }
    }

    /**
     * Forgets {@code sibling} if it never had a connection: else each password that was mistyped would stay for ever.
     * Somebody who got it at the same moment finds it closed, and asks again.
     */
    void forgetIfUnused(Engine sibling) {
        synchronized (lock) {
            EngineStats stats = sibling.stats();
            if (stats.opened() + stats.leased() + stats.waiting() > 0 || !remove(sibling)) {
                return;
            }
        }
        sibling.close();
    }

    private boolean remove(Engine engine) {
        for (Iterator<Sibling> each = siblings.values().iterator(); each.hasNext(); ) {
            if (each.next().engine == engine) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    /** They and their eldest are connected to one server. */
    private Runnable idleCloser(final Engine eldest) {
        return new Runnable() {
            @Override
            public void run() {
                List<Engine> all = new ArrayList<>();
                all.add(eldest);
                synchronized (lock) {
                    for (Sibling sibling : siblings.values()) {
                        all.add(sibling.engine);
                    }
                }
                Engine.dispose(all);
            }
        };
    }

    /** @param bound when to wait no longer for their servers */
    void close(Deadline bound) {
        List<Sibling> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(siblings.values());
            siblings.clear();
        }
        for (Sibling sibling : all) {
            sibling.engine.closeAside();
        }
        for (Sibling sibling : all) {
            sibling.engine.pool().closeAside(bound.remainingNanos());
        }
    }
}

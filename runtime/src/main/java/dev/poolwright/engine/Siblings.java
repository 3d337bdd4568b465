package dev.poolwright.engine;

import dev.poolwright.event.EngineStats;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engines that differ from one only in their credentials. */
final class Siblings {

    private final @Nullable EngineBuilder builder;
    private final Object lock = new Object();
    private final Map<List<@Nullable String>, Engine> engines = new HashMap<>();
    private boolean closed;

    /** @param builder how the eldest was built, or null if it can have no siblings */
    Siblings(@Nullable EngineBuilder builder) {
        this.builder = builder;
    }

    /** The one of {@code eldest} for these credentials, or null after {@link #close}. */
    @Nullable
    Engine of(Engine eldest, @Nullable String user, @Nullable String password) throws SQLException {
        EngineBuilder likeTheEldest = builder;
        if (likeTheEldest == null) {
            throw new SQLFeatureNotSupportedException("this engine has one user");
        }
        List<@Nullable String> key = new ArrayList<>(2);
        key.add(user);
        key.add(password);
        synchronized (lock) {
            Engine known = engines.get(key);
            if (known == null && !closed) {
                known = likeTheEldest.copy().user(user).password(password).build();
                Runnable closer = idleCloser(eldest);
                known.idleCloser(closer);
                eldest.idleCloser(closer);
                engines.put(key, known);
            }
            return known;
        }
    }

    /**
     * Forgets {@code sibling} if it never had a connection: else each password that was mistyped would stay for ever.
     * Somebody who got it at the same moment finds it closed, and asks again.
     */
    void forgetIfUnused(Engine sibling) {
        synchronized (lock) {
            EngineStats stats = sibling.stats();
            if (stats.opened() + stats.leased() + stats.waiting() > 0
                    || !engines.values().remove(sibling)) {
                return;
            }
        }
        sibling.close();
    }

    /** They and their eldest are connected to one server. */
    private Runnable idleCloser(final Engine eldest) {
        return new Runnable() {
            @Override
            public void run() {
                List<Engine> all;
                synchronized (lock) {
                    all = new ArrayList<>(engines.values());
                }
                all.add(eldest);
                for (Engine engine : all) {
                    engine.dispose();
                }
            }
        };
    }

    void close() {
        List<Engine> all;
        synchronized (lock) {
            closed = true;
            all = new ArrayList<>(engines.values());
            engines.clear();
        }
        for (Engine engine : all) {
            engine.close();
        }
    }
}

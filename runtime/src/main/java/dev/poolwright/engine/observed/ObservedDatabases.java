package dev.poolwright.engine.observed;

import dev.poolwright.dialect.DatabaseAddress;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.EngineNames;
import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The databases that other pools are connected to, one per address and user. Safe for any thread. */
public final class ObservedDatabases {

    private final Map<String, Known> known = new HashMap<>(); // guarded by itself
    private final ReferenceQueue<ObservedDatabase> gone = new ReferenceQueue<>();
    private final Supplier<@Nullable EngineListener> listener;

    /** @param listener who hears of them; asked each time, null = nobody */
    public ObservedDatabases(Supplier<@Nullable EngineListener> listener) {
        this.listener = listener;
    }

    /**
     * The database that a connection opened with {@code url} leads to.
     *
     * @param user null if none is named
     */
    public ObservedDatabase of(String url, @Nullable String user) {
        forgetGone();
        Dialect dialect = Dialects.forUrl(url);
        DatabaseAddress address = dialect.address(url);
        String key = address.url() + '\n' + user;
        EngineInfo made;
        ObservedDatabase fresh;
        synchronized (known) {
            Known reference = known.get(key);
            ObservedDatabase alive = reference == null ? null : reference.get();
            if (alive != null) {
                return alive;
            }
            made = new EngineInfo(
                    EngineNames.take(address, user),
                    address.url(),
                    user,
                    dialect.system(),
                    address.database(),
                    address.host(),
                    address.port());
            fresh = new ObservedDatabase(made);
            known.put(key, new Known(fresh, key, gone));
        }
        EngineListener hears = listener.get();
        if (hears != null) {
            hears.observed(made);
        }
        return fresh;
    }

    /** Says of those that nobody is connected to any more that they are closed. */
    void forgetGone() {
        for (Reference<?> found = gone.poll(); found != null; found = gone.poll()) {
            Known closed = (Known) found;
            synchronized (known) {
                known.remove(closed.key, closed);
            }
            EngineNames.free(closed.info.name());
            EngineListener hears = listener.get();
            if (hears != null) {
                hears.engineClosed(closed.info);
            }
        }
    }

    private static final class Known extends WeakReference<ObservedDatabase> {

        private final String key;
        private final EngineInfo info;

        Known(ObservedDatabase database, String key, ReferenceQueue<ObservedDatabase> queue) {
            super(database, queue);
            this.key = key;
            this.info = database.info();
        }
    }
}

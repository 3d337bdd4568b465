package dev.poolwright.gate;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.observed.ApplicationsWord;
import dev.poolwright.event.Leak;
import dev.poolwright.gate.observe.ClassWeaver;
import dev.poolwright.gate.observe.Observation;
import dev.poolwright.jdbc.ConnectionHandle;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other pools take from drivers and hand out to the application, on their way through the gate: they get what they
 * asked for, and it is observed. Nothing of it exists before the first of them is at work. Any thread.
 */
final class OtherPools implements ApplicationsWord {

    private final Settings settings;
    private final Telemetry telemetry;
    private final Consumer<Leak> leaks;
    private final KnownPools pools;
    private final ClassWeaver weaver;
    private final Lifetime lifetime;
    private final boolean isOn;
    private final Object lock = new Object();
    private volatile @Nullable Observation observed;

    /** @param lifetime begins before anything is told */
    OtherPools(
            Settings settings,
            Telemetry telemetry,
            Consumer<Leak> leaks,
            KnownPools pools,
            ClassWeaver weaver,
            Lifetime lifetime) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.leaks = leaks;
        this.pools = pools;
        this.weaver = weaver;
        this.lifetime = lifetime;
        this.isOn = settings.get(Setting.OBSERVE_POOLS);
    }

    /** What is observed, or null as long as there is nothing. */
    @Nullable
    Observation observed() {
        return observed;
    }

    /** The gate hears nothing any more; if it does again, what is handed out then is not known. */
    void stop() {
        synchronized (lock) {
            Observation known = observed;
            if (known != null) {
                known.handOuts().stop();
                observed = null;
            }
        }
    }

    private Observation observation() {
        Observation known = observed;
        if (known != null) {
            return known;
        }
        lifetime.begin();
        synchronized (lock) {
            known = observed;
            if (known == null) {
                known = new Observation(weaver, this, settings.get(Setting.LEAK_TRACE), telemetry, leaks);
                observed = known;
            }
            return known;
        }
    }

    /** Whether what is taken inside of {@code around} is observed at all. */
    boolean looksAt(Entry around) {
        return isOn && around != Entry.UNSEEN;
    }

    /**
     * A driver is asked for a connection that must stay its own.
     *
     * @param around the entry that says so
     * @return the entry for that call
     */
    Entry takes(Entry around, @Nullable String url, @Nullable String user) {
        if (around == Entry.UNSEEN) {
            return around;
        }
        return isOn && url != null ? Entry.taken(url, user, Ticker.SYSTEM.nanos()) : Entry.RAW;
    }

    /** A pool is asked for a connection; returns the entry for that call. */
    Entry handsOut(Object pool, @Nullable String user) {
        if (KnownPools.isOurs(pool.getClass())) {
            return Entry.UNSEEN;
        }
        Untouched.pool(pool.getClass());
        return isOn ? Entry.handOut(user, observation().handOuts().start()) : Entry.RAW;
    }

    /** {@code source} has the connection it was asked for. */
    void connected(Entry entry, Entries entries, Object source, Connection connection) {
        String url = entry.url();
        if (entry.isTaken() && url != null) {
            long nanos = Ticker.SYSTEM.nanos() - entry.startNanos();
            entries.opened(connection, observation().opened(connection, url, entry.user(), nanos));
        } else if (entry.isHandOut() && !entry.hasOpened(connection) && !(connection instanceof ConnectionHandle)) {
            observation().handedOut(source, connection, entry.opened(), entry.user(), entry.startNanos());
        }
    }

    @Override
    public boolean isBehind(Class<?> driver) {
        return pools.isWordOfApplication(driver);
    }
}

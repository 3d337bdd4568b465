package dev.poolwright.gate;

import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.engine.WatchedSessions;
import dev.poolwright.event.Leak;
import dev.poolwright.session.library.UnknownLibraries;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sessions of this JVM: nothing of it exists before the application's first one. Any thread may call. */
final class Sessions {

    private final Settings settings;
    private final Telemetry telemetry;
    private final Consumer<Leak> leaks;
    private final GateLog log;
    private final Object lock = new Object();
    private volatile @Nullable WatchedSessions watched;

    Sessions(Settings settings, Telemetry telemetry, Consumer<Leak> leaks, GateLog log) {
        this.settings = settings;
        this.telemetry = telemetry;
        this.leaks = leaks;
        this.log = log;
    }

    /** They are watched from now on. */
    WatchedSessions watched() {
        WatchedSessions known = watched;
        if (known != null) {
            return known;
        }
        synchronized (lock) {
            known = watched;
            if (known == null) {
                known = new WatchedSessions(
                        settings.get(Setting.LEAK_TRACE), telemetry, leaks, Unknown.LIBRARIES, new Warnings());
                watched = known;
            }
            return known;
        }
    }

    /** What is open now; nothing if there never was one. */
    List<Leak> held() {
        WatchedSessions known = watched;
        return known == null ? Collections.<Leak>emptyList() : known.held();
    }

    /** The gate hears nothing any more; if it does again, what is open then is not known. */
    void stop() {
        synchronized (lock) {
            WatchedSessions known = watched;
            if (known != null) {
                known.stop();
                watched = null;
            }
        }
    }

    /** Static: the weaving finds them before there is a gate. Loaded with the first session, or the first library that is odd. */
    static final class Unknown {

        static final UnknownLibraries LIBRARIES = new UnknownLibraries();

        private Unknown() {}
    }

    private final class Warnings implements Consumer<String> {

        @Override
        public void accept(String line) {
            log.warn(line);
        }
    }
}

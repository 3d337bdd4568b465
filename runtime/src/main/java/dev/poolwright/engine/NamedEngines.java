package dev.poolwright.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engines of this class loader that were given a name, each once. Any thread. */
final class NamedEngines {

    private static final Object LOCK = new Object();
    private static final Map<String, Entry> ENGINES = new HashMap<>(); // guarded by LOCK

    private NamedEngines() {}

    private static final class Entry {

        private final Engine engine;
        private final Map<String, @Nullable Object> settings;

        Entry(Engine engine, Map<String, @Nullable Object> settings) {
            this.engine = engine;
            this.settings = settings;
        }
    }

    /** The one of that name that is open, or null. */
    static @Nullable Engine get(String name) {
        synchronized (LOCK) {
            Entry known = ENGINES.get(name);
            return known == null || known.engine.isClosed() ? null : known.engine;
        }
    }

    /**
     * The one of that name; made by {@code builder} if there is none that is open.
     *
     * @throws IllegalStateException if there is one with other settings (PW-109)
     */
    static Engine getOrMake(String name, EngineBuilder builder) {
        Map<String, @Nullable Object> wanted = builder.settings();
        Engine made;
        synchronized (LOCK) {
            Entry known = ENGINES.get(name);
            if (known != null && !known.engine.isClosed()) {
                requireSame(name, known.settings, wanted);
                return known.engine;
            }
            if (known != null) {
                known.engine.freeName(); // it is closing, and its server may take its time
            }
            made = builder.make();
            Entry mine = new Entry(made, wanted);
            ENGINES.put(name, mine);
            made.afterClose(() -> forget(name, mine));
        }
        builder.announce(made); // to a listener, which is called with no lock held
        return made;
    }

    private static void forget(String name, Entry closed) {
        synchronized (LOCK) {
            ENGINES.remove(name, closed);
        }
    }

    private static void requireSame(
            String name, Map<String, @Nullable Object> known, Map<String, @Nullable Object> wanted) {
        Set<String> all = new LinkedHashSet<>(known.keySet());
        all.addAll(wanted.keySet());
        List<String> differing = new ArrayList<>();
        for (String setting : all) {
            if (!Objects.equals(known.get(setting), wanted.get(setting))) {
                differing.add(setting + shown(known.get(setting), wanted.get(setting)));
            }
        }
        if (!differing.isEmpty()) {
            throw new IllegalStateException(
                    "there is an engine named " + name + " with other settings: " + String.join(", ", differing)
                            + "; close it, give this one another name, or the same settings [PW-109]");
        }
    }

    /** What can have no secret in it; texts, and what others have made, can. */
    private static String shown(@Nullable Object known, @Nullable Object wanted) {
        return isPlain(known) && isPlain(wanted) ? " " + known + " and not " + wanted : "";
    }

    private static boolean isPlain(@Nullable Object value) {
        return value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum
                || value instanceof Duration;
    }
}

package dev.poolwright.otel.bridge;

import dev.poolwright.otel.settings.SpanLimits;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The applications of this JVM that use OpenTelemetry, each by the class loader of its copy. Any thread.
 *
 * <p>Holds none of them: a loader is known weakly, what speaks to its OpenTelemetry is kept by a class of the
 * application itself ({@link ClassValue}) and known weakly here, and so is each context class loader that was asked for.
 * Touches an application's OpenTelemetry only once that has begun to use it: who comes before takes away the
 * application's {@code GlobalOpenTelemetry.set} or {@code ContextStorage.addWrapper}.
 */
public final class Applications {

    /** What is defined when OpenTelemetry's context is first used, and never before. */
    private static final String IN_USE = "io.opentelemetry.context.LazyStorage";

    /** Of the same jar, and harmless to load. */
    private static final String OF_THE_SAME_JAR = "io.opentelemetry.context.Context";

    private static final String SIGNALS = "dev.poolwright.otel.signal.ApplicationSignals";

    private final SpanLimits limits;
    private final boolean spansOnly;
    private final OpenEngines engines;
    private final Consumer<String> told;
    private final Object lock = new Object();
    private final ClassValue<Bridge> bridges = new ClassValue<Bridge>() {
        @Override
        protected Bridge computeValue(Class<?> ofApplication) {
            return bridgeTo(ofApplication.getClassLoader());
        }
    };
    private volatile List<WeakReference<ClassLoader>> seen = Collections.emptyList(); // replaced under lock
    private volatile ConcurrentMap<Object, Place> places = new ConcurrentHashMap<>(); // anew with each that is seen
    private volatile @Nullable Place ofNobody;

    /**
     * @param spansOnly whether metrics and log records go elsewhere
     * @param told      takes a line of what is joined, and of what cannot be
     */
    Applications(SpanLimits limits, boolean spansOnly, OpenEngines engines, Consumer<String> told) {
        this.limits = limits;
        this.spansOnly = spansOnly;
        this.engines = engines;
        this.told = told;
    }

    /** The copy of OpenTelemetry that this loader defines is in use now, or in a moment. Loads and calls nothing of it. */
    void saw(ClassLoader loader) {
        synchronized (lock) {
            List<WeakReference<ClassLoader>> more = new ArrayList<>();
            for (WeakReference<ClassLoader> each : seen) {
                if (each.get() != null && each.get() != loader) {
                    more.add(each);
                }
            }
            more.add(new WeakReference<>(loader));
            seen = more;
            // What was found for a context class loader may not be the nearest any more.
            places = new ConcurrentHashMap<>();
            ofNobody = null;
        }
    }

    /** The OpenTelemetry of the application that runs on this thread, or null. */
    @Nullable
    ApplicationTelemetry here() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Place known;
        if (context == null) {
            known = ofNobody;
            if (known == null || known.isGone(seen)) {
                List<WeakReference<ClassLoader>> now = seen; // first: what is seen after it makes this one gone
                known = new Place(bridgeOf(only(null)), now);
                ofNobody = known;
            }
        } else {
            ConcurrentMap<Object, Place> now = places;
            known = now.get(new Lookup(context));
            if (known == null || known.isGone(seen)) {
                known = find(context, now);
            }
        }
        return known.get();
    }

    /** All that are in use. */
    List<ApplicationTelemetry> all() {
        List<ApplicationTelemetry> all = new ArrayList<>();
        for (ClassLoader loader : alive()) {
            ApplicationTelemetry one = bridgeOf(loader);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    private Place find(ClassLoader context, ConcurrentMap<Object, Place> now) {
        List<WeakReference<ClassLoader>> then = seen;
        Place found = new Place(bridgeOf(loaderFor(context)), then);
        for (Object key : now.keySet()) {
            if (((Key) key).get() == null) {
                now.remove(key);
            }
        }
        now.put(new Key(context), found);
        return found;
    }

    /**
     * Whose OpenTelemetry code with that context class loader means: that of the nearest of its parents. A loader above
     * them, of threads that some library made, means the only one below it. What neither can tell, the loader itself can.
     */
    private @Nullable ClassLoader loaderFor(ClassLoader context) {
        for (ClassLoader at = context; at != null; at = at.getParent()) {
            if (isSeen(at)) {
                return at;
            }
        }
        ClassLoader below = only(context);
        return below == null && !alive().isEmpty() ? asked(context) : below;
    }

    private @Nullable ClassLoader asked(ClassLoader context) {
        try {
            ClassLoader its = Class.forName(OF_THE_SAME_JAR, false, context).getClassLoader();
            return its != null && isSeen(its) ? its : null;
        } catch (ClassNotFoundException | LinkageError | RuntimeException none) {
            return null;
        }
    }

    /** The only one there is, if {@code above} is one of its parents; null is everybody's. */
    private @Nullable ClassLoader only(@Nullable ClassLoader above) {
        List<ClassLoader> alive = alive();
        if (alive.size() != 1) {
            return null;
        }
        ClassLoader only = alive.get(0);
        ClassLoader at = only;
        while (at != null && at != above) {
            at = at.getParent();
        }
        return at == above ? only : null;
    }

    private boolean isSeen(ClassLoader loader) {
        for (WeakReference<ClassLoader> each : seen) {
            if (each.get() == loader) {
                return true;
            }
        }
        return false;
    }

    private List<ClassLoader> alive() {
        List<ClassLoader> alive = new ArrayList<>();
        for (WeakReference<ClassLoader> each : seen) {
            ClassLoader loader = each.get();
            if (loader != null) {
                alive.add(loader);
            }
        }
        return alive;
    }

    private @Nullable ApplicationTelemetry bridgeOf(@Nullable ClassLoader loader) {
        if (loader == null) {
            return null;
        }
        try {
            Class<?> inUse = Class.forName(IN_USE, false, loader);
            return bridges.get(inUse).there;
        } catch (ClassNotFoundException | LinkageError | RuntimeException unusable) {
            return null;
        }
    }

    private Bridge bridgeTo(ClassLoader application) {
        try {
            ApplicationTelemetry there = (ApplicationTelemetry) new BridgeLoader(application)
                    .loadClass(SIGNALS)
                    .getConstructor(SpanLimits.class, boolean.class, OpenEngines.class, Consumer.class)
                    .newInstance(limits, spansOnly, engines, told);
            return new Bridge(there);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException unusable) {
            // Its text only: the throwable would hold the application's classes.
            Throwable reason = unusable.getCause() == null ? unusable : unusable.getCause();
            told.accept("telemetry: the application's OpenTelemetry cannot be joined: " + reason);
            return new Bridge(null);
        }
    }

    /** Kept by the application's own class. */
    private static final class Bridge {
        private final @Nullable ApplicationTelemetry there;

        Bridge(@Nullable ApplicationTelemetry there) {
            this.there = there;
        }
    }

    /** What was found for a context class loader. */
    private static final class Place {
        private final @Nullable WeakReference<ApplicationTelemetry> found;
        private final List<WeakReference<ClassLoader>> among;
        private final int alive;

        /** @param among those that were seen then */
        Place(@Nullable ApplicationTelemetry found, List<WeakReference<ClassLoader>> among) {
            this.found = found == null ? null : new WeakReference<>(found);
            this.among = among;
            this.alive = found == null ? alive(among) : 0;
        }

        private static int alive(List<WeakReference<ClassLoader>> loaders) {
            int alive = 0;
            for (WeakReference<ClassLoader> each : loaders) {
                alive += each.get() == null ? 0 : 1;
            }
            return alive;
        }

        @Nullable
        ApplicationTelemetry get() {
            return found == null ? null : found.get();
        }

        /** Undeployed meanwhile; or one of those is, between which nobody could choose; or others were seen. */
        boolean isGone(List<WeakReference<ClassLoader>> now) {
            return among != now || (found == null ? alive != alive(among) : found.get() == null);
        }
    }

    /** A context class loader by its identity, which it may not hide. */
    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        Key(ClassLoader context) {
            super(context);
            this.hash = System.identityHashCode(context);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** To another key of a loader that lives; a key whose loader is gone is only equal to itself. */
        @Override
        public boolean equals(@Nullable Object other) {
            ClassLoader mine = get();
            return this == other || (other instanceof Key && mine != null && ((Key) other).get() == mine);
        }
    }

    /** Finds a {@link Key} without being a reference that the collector has to look at. */
    private static final class Lookup {
        private final ClassLoader context;

        Lookup(ClassLoader context) {
            this.context = context;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(context);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key && ((Key) other).get() == context;
        }
    }
}

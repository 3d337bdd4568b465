package dev.poolwright.engine.observed;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers something of objects of the application as long as they live, by their identity: their own {@code equals} is
 * never called. A value must not refer to its object. Safe for any thread.
 *
 * @param <V> what is remembered
 */
final class WeakIdentityMap<V> {

    private final ConcurrentHashMap<Object, V> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** What is remembered of {@code object}, or null. */
    @Nullable
    V get(Object object) {
        return entries.isEmpty() ? null : entries.get(new Probe(object));
    }

    /** Remembers {@code value} unless something is remembered already; returns what is remembered now. */
    V putIfAbsent(Object object, V value) {
        forgetGone();
        V known = entries.putIfAbsent(new Key(object, gone), value);
        return known == null ? value : known;
    }

    /** Lets go of what is remembered of objects that are gone. */
    void forgetGone() {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            entries.remove(key);
        }
    }

    private static final class Key extends WeakReference<Object> {

        private final int identity;

        Key(Object object, ReferenceQueue<Object> queue) {
            super(object, queue);
            identity = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return identity;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object mine = get();
            return mine != null && other instanceof Key && ((Key) other).get() == mine;
        }
    }

    /** To look one up without making a reference. */
    private static final class Probe {

        private final Object object;

        Probe(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(@Nullable Object key) {
            return key instanceof Key && ((Key) key).get() == object;
        }
    }
}

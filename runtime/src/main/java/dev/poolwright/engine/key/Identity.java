package dev.poolwright.engine.key;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** An object of which nobody can tell what it holds: equal to itself alone, and kept without being kept alive. */
final class Identity {

    private final @Nullable Object strong;
    private final @Nullable WeakReference<Object> weak;
    private final int hash;

    private Identity(@Nullable Object strong, @Nullable WeakReference<Object> weak, int hash) {
        this.strong = strong;
        this.weak = weak;
        this.hash = hash;
    }

    static Identity of(Object object) {
        return new Identity(object, null, System.identityHashCode(object));
    }

    /** As this, to be kept. */
    Identity kept() {
        return strong == null ? this : new Identity(null, new WeakReference<>(strong), hash);
    }

    private @Nullable Object object() {
        return weak == null ? strong : weak.get();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Identity) || hash != ((Identity) other).hash) {
            return false;
        }
        Object mine = object();
        // One that is gone is nobody's any more.
        return mine != null && mine == ((Identity) other).object();
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

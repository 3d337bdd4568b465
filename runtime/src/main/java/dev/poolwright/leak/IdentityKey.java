package dev.poolwright.leak;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a thing, which it does not keep reachable.
 *
 * <p>A key whose thing was cleared is equal to that of any thing with the same identity hash: it is how one that is closed
 * by a finalizer is recognised, whose weak references are gone by then. Two things mistaken for each other that way, one
 * chance in two thousand million, cost a leak that is not told.
 */
final class IdentityKey extends WeakReference<Object> {

    private final int identity;

    IdentityKey(Object thing) {
        super(thing);
        this.identity = System.identityHashCode(thing);
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
        if (!(other instanceof IdentityKey) || ((IdentityKey) other).identity != identity) {
            return false;
        }
        Object mine = get();
        Object theirs = ((IdentityKey) other).get();
        return mine == null ? theirs != null : theirs == null || mine == theirs;
    }
}

package dev.poolwright.session;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a session, which it does not keep reachable.
 *
 * <p>A key whose session was cleared is equal to that of any session with the same identity hash: it is how a session
 * that is closed by a finalizer is recognised, whose weak references are gone by then. Two sessions mistaken for each
 * other that way, one chance in two thousand million, cost a leak that is not told.
 */
final class SessionKey extends WeakReference<Object> {

    private final int identity;

    SessionKey(Object session) {
        super(session);
        this.identity = System.identityHashCode(session);
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
        if (!(other instanceof SessionKey) || ((SessionKey) other).identity != identity) {
            return false;
        }
        Object mine = get();
        Object theirs = ((SessionKey) other).get();
        return mine == null ? theirs != null : theirs == null || mine == theirs;
    }
}

package dev.poolwright.jdbc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Something of the driver's that the application holds and that does not refer to the handle it came from: keeps that
 * handle reachable as long as it is held itself, so that a connection that is at work is not taken for leaked. Where the
 * driver's connection refers to it, that is until the close, of the handle or of the driver's connection.
 *
 * <p>Safe for any thread.
 */
final class HandedOut extends WeakReference<Object> {

    private static final ReferenceQueue<Object> DROPPED = new ReferenceQueue<>();
    private static final Set<HandedOut> HELD = ConcurrentHashMap.newKeySet();

    private final ConnectionHandle connection;
    private final int hash;

    private HandedOut(Object raw, ConnectionHandle connection) {
        super(raw, DROPPED);
        this.connection = connection;
        this.hash = 31 * System.identityHashCode(raw) + System.identityHashCode(connection);
    }

    /** The application gets {@code raw}, perhaps not for the first time. */
    static void by(ConnectionHandle connection, Object raw) {
        forgetDropped();
        HELD.add(new HandedOut(raw, connection));
        // After it is held: a close at the same moment forgets it, or is seen here.
        if (connection.isClosedHandle()) {
            forget(connection.physical());
        }
    }

    /** Forgets what the application holds no longer; to be called now and then, as nobody is told of it. */
    static void forgetDropped() {
        for (Reference<?> dropped = DROPPED.poll(); dropped != null; dropped = DROPPED.poll()) {
            HELD.remove(dropped);
        }
    }

    /** Forgets what was got from the borrower of {@code physical}, which is closed. */
    static void forget(PhysicalConnection physical) {
        for (Iterator<HandedOut> all = HELD.iterator(); all.hasNext(); ) {
            if (all.next().connection.physical() == physical) {
                all.remove();
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        Object raw = get();
        return raw != null
                && other instanceof HandedOut
                && ((HandedOut) other).get() == raw
                && ((HandedOut) other).connection == connection;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

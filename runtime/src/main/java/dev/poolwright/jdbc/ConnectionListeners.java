package dev.poolwright.jdbc;

import dev.poolwright.event.ConnectionListener;
import dev.poolwright.event.ConnectionRejectedException;
import dev.poolwright.event.EngineInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Those who are shown the connections of one engine, and what becomes of what they throw. Safe for any thread. */
public final class ConnectionListeners {

    private static final String CHECKOUT = "checkout";

    private final EngineInfo engine;
    private final ConnectionListener[] all;
    private final BiConsumer<@Nullable String, Throwable> failures;
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final AtomicLong failed = new AtomicLong();

    /**
     * Those of {@code engine}.
     *
     * @param failures is told of failures that reach nobody else, and of whether a line is worth it: null if not
     */
    public ConnectionListeners(
            EngineInfo engine, List<ConnectionListener> all, BiConsumer<@Nullable String, Throwable> failures) {
        this.engine = engine;
        this.all = all.toArray(new ConnectionListener[0]);
        this.failures = failures;
    }

    /** One call of one listener. */
    private interface Call {
        void to(ConnectionListener listener) throws SQLException;
    }

    /**
     * A connection was opened.
     *
     * @throws SQLException PW-108: it is to be closed
     */
    public void connected(Connection raw) throws SQLException {
        if (first.compareAndSet(true, false)) {
            boolean done = false;
            try {
                call("firstConnect", listener -> listener.firstConnect(raw));
                done = true;
            } finally {
                if (!done) {
                    first.set(true);
                }
            }
        }
        call("connect", listener -> listener.connect(raw));
        if (!raw.getAutoCommit()) {
            raw.commit(); // or what they have set would go with the first rollback
        }
    }

    /**
     * A connection is lent.
     *
     * @throws ConnectionRejectedException the next one is to be tried
     * @throws SQLException                PW-108: in either case it must not be used
     */
    public void checkedOut(Connection connection) throws SQLException {
        call(CHECKOUT, listener -> listener.checkout(connection));
    }

    private void call(String event, Call call) throws SQLException {
        for (ConnectionListener listener : all) {
            try {
                call.to(listener);
            } catch (Throwable failure) { // also what a language without checked exceptions throws
                if (failure instanceof Error) {
                    throw (Error) failure;
                }
                if (failure instanceof ConnectionRejectedException && event.equals(CHECKOUT)) {
                    throw (ConnectionRejectedException) failure;
                }
                throw new SQLNonTransientConnectionException(text(event, listener, failure), "08001", failure);
            }
        }
    }

    /** A connection comes back; false if it must not be lent again. */
    boolean reset(Connection raw) {
        return callQuietly("reset", listener -> listener.reset(raw));
    }

    void checkedIn(@Nullable Connection raw) {
        callQuietly("checkin", listener -> listener.checkin(raw));
    }

    /** A connection was found dead, or called invalid. */
    public void invalidated(Connection raw, @Nullable Throwable cause) {
        callQuietly("invalidate", listener -> listener.invalidate(raw, cause));
    }

    /** A connection is to be closed when it comes back; null = all there are. */
    public void softInvalidated(@Nullable Connection raw) {
        callQuietly("softInvalidate", listener -> listener.softInvalidate(raw));
    }

    /** A connection is about to be closed. */
    public void closing(Connection raw) {
        callQuietly("close", listener -> listener.close(raw));
    }

    void detached(Connection raw) {
        callQuietly("detach", listener -> listener.detach(raw));
    }

    /** All are called, whatever one of them throws. */
    private boolean callQuietly(String event, Call call) {
        boolean well = true;
        for (ConnectionListener listener : all) {
            try {
                call.to(listener);
            } catch (Throwable failure) {
                well = false;
                failures.accept(
                        isWorthALine(failed.incrementAndGet()) ? text(event, listener, failure) : null, failure);
            }
        }
        return well;
    }

    private String text(String event, ConnectionListener listener, Throwable failure) {
        return engine + ": " + listener.getClass().getName() + " failed in " + event + ": "
                + failure.getClass().getName() + ". [PW-108]";
    }

    /** The 1st, 10th, 100th ... */
    private static boolean isWorthALine(long count) {
        long left = count;
        while (left % 10 == 0) {
            left /= 10;
        }
        return left == 1;
    }
}

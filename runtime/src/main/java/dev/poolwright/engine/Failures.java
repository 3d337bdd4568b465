package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.AlreadyLeasedException;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The exceptions that are an engine's own, with its numbers in them. */
final class Failures {

    private Failures() {}

    /** @param ownSite where the caller acquired the connection that it has and that made it wait for itself; else null */
    static SQLException timedOut(
            EngineInfo engine,
            Pool<PhysicalConnection> pool,
            long timeoutNanos,
            CheckoutTimeoutException cause,
            @Nullable String ownSite) {
        SQLException told = new SQLTransientConnectionException(
                engine + ": no connection within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms. "
                        + counts(cause.stats()) + "."
                        + reason(pool, timeoutNanos, cause)
                        + (ownSite == null
                                ? ""
                                : " This thread has one already, acquired at " + ownSite
                                        + ", and may have waited for itself.")
                        + " [PW-101]",
                "08001",
                cause);
        Throwable lastFailure = cause.lastFailure();
        if (lastFailure instanceof SQLException) {
            told.setNextException((SQLException) lastFailure);
        } else if (lastFailure != null) {
            told.addSuppressed(lastFailure);
        }
        return told;
    }

    /** Nobody waited for a place, but for who was to complete. */
    static SQLException tooLate(EngineInfo engine, long timeoutNanos, CheckoutTimeoutException cause) {
        return new SQLTransientConnectionException(
                engine + ": no connection within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                        + " ms: one was there, but the"
                        + " executor that completes came to it after "
                        + TimeUnit.NANOSECONDS.toMillis(cause.waitedNanos())
                        + " ms. " + counts(cause.stats())
                        + ". Give it more threads, or work that blocks to another. [PW-101]",
                "08001",
                cause);
    }

    private static String reason(Pool<PhysicalConnection> pool, long timeoutNanos, CheckoutTimeoutException cause) {
        if (pool.isSuspended()) {
            return " The engine is suspended.";
        }
        return cause.longestOpeningNanos() < timeoutNanos / 2 ? heldByOthers(pool) : unanswered(cause);
    }

    private static String heldByOthers(Pool<PhysicalConnection> pool) {
        return oldestLease(pool) + " Raise poolwright.pool.overflow, or find who keeps them.";
    }

    private static String unanswered(CheckoutTimeoutException timeout) {
        return String.format(
                Locale.ROOT,
                " The database does not answer: %d of the leased are being opened or looked at, the longest for %.1f s.",
                timeout.openings(),
                timeout.longestOpeningNanos() / 1e9);
    }

    static SQLException closed(EngineInfo engine, Throwable cause) {
        return new SQLNonTransientConnectionException(
                engine + ": the engine is closed and lends no more connections. [PW-102]", "08003", cause);
    }

    static SQLException interrupted(EngineInfo engine, Pool<PhysicalConnection> pool, Throwable cause) {
        return new SQLTransientConnectionException(
                engine + ": interrupted while waiting for a connection. " + counts(pool.stats()) + ". [PW-103]",
                "08001",
                cause);
    }

    static SQLException alreadyLeased(EngineInfo engine, AlreadyLeasedException cause) {
        Origin first = cause.first();
        return new SQLNonTransientConnectionException(
                engine + ": lends one connection at a time, and that is lent: acquired at "
                        + (first == null ? LeakReports.NO_TRACE : first.site() + " by thread " + first.thread())
                        + ". [PW-105]",
                "08001",
                cause);
    }

    static SQLException rejected(EngineInfo engine, int times, Throwable last) {
        return new SQLTransientConnectionException(
                engine + ": a listener has rejected " + times + " connections, the last one because: "
                        + last.getMessage() + ". [PW-107]",
                "08001",
                last);
    }

    static SQLException unsupportedDriver(EngineInfo engine, Throwable cause) {
        return new SQLNonTransientConnectionException(
                engine + ": connections of this driver cannot be pooled: " + cause.getMessage() + ". [PW-104]",
                "08001",
                cause);
    }

    private static String counts(EngineStats stats) {
        String counts = stats.toString();
        return Character.toUpperCase(counts.charAt(0)) + counts.substring(1);
    }

    private static String oldestLease(Pool<PhysicalConnection> pool) {
        Oldest oldest = new Oldest();
        pool.forEachLeased(oldest);
        Origin origin = oldest.origin;
        return origin == null
                ? ""
                : " Oldest lease " + TimeUnit.NANOSECONDS.toSeconds(oldest.heldNanos) + " s: " + origin.site()
                        + ", thread " + origin.thread() + ".";
    }

    private static final class Oldest implements Consumer<Slot<PhysicalConnection>> {

        private final long now = Ticker.SYSTEM.nanos();
        private long heldNanos = -1;
        private @Nullable Origin origin;

        @Override
        public void accept(Slot<PhysicalConnection> slot) {
            Origin known = slot.origin();
            long held = slot.heldNanos(now);
            if (known != null && held > heldNanos) {
                heldNanos = held;
                origin = known;
            }
        }
    }
}

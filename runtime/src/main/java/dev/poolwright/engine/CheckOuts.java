package dev.poolwright.engine;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.jdbc.UnsupportedDriverException;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.AlreadyLeasedException;
import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an engine comes by a slot where none is idle: for how long it waits, what it does at the cap, and what it says when
 * there is none. Any thread.
 */
final class CheckOuts {

    private final Pool<PhysicalConnection> pool;
    private final EngineInfo engine;
    private final Telling telling;
    private final long timeoutNanos;
    private final Nesting atTheCap;
    private final @Nullable NestingWatch nesting;
    private final boolean traced;

    /**
     * @param timeoutNanos how long one waits; 0 = for ever
     * @param atTheCap     what a thread does that has a connection already
     * @param nesting      looks at threads that have one already; null = nobody does
     * @param traced       whether those who do not wait are remembered by their line
     */
    CheckOuts(
            Pool<PhysicalConnection> pool,
            EngineInfo engine,
            Telling telling,
            long timeoutNanos,
            Nesting atTheCap,
            @Nullable NestingWatch nesting,
            boolean traced) {
        this.pool = pool;
        this.engine = engine;
        this.telling = telling;
        this.timeoutNanos = timeoutNanos;
        this.atTheCap = atTheCap;
        this.nesting = nesting;
        this.traced = traced;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** The line that is calling, to be remembered, or null. */
    @Nullable
    Origin originOfLater() {
        return traced ? Origin.capture() : null;
    }

    /** As {@link Nesting#count}. */
    long nested() {
        return atTheCap.count();
    }

    /** As {@link NestingWatch#pairs}. */
    Map<String, Long> nestedPairs() {
        return nesting == null ? Collections.<String, Long>emptyMap() : nesting.pairs();
    }

    private void lookForNesting() {
        if (nesting != null) {
            nesting.look();
        }
    }

    Deadline deadline() {
        return timeoutNanos == 0 ? Deadline.never() : Deadline.inNanos(timeoutNanos, Ticker.SYSTEM);
    }

    /**
     * A slot, with a connection in it or without.
     *
     * @param start as told by {@link Telling#now}
     * @throws SQLException PW-101, PW-102, PW-103 or PW-105
     */
    Slot<PhysicalConnection> acquire(long start) throws SQLException {
        lookForNesting();
        try {
            return pool.acquire(deadline(), atTheCap);
        } catch (CheckoutTimeoutException | EngineClosedException | InterruptedException refused) {
            throw toldAs(refused, start);
        }
    }

    /**
     * A slot with a connection in it.
     *
     * @param start as told by {@link Telling#now}
     * @throws SQLException the driver's own, PW-101, PW-102, PW-103, PW-104 or PW-105
     */
    Slot<PhysicalConnection> checkOut(long start) throws SQLException {
        return checkOut(start, deadline());
    }

    /** The same, until {@code deadline}. */
    Slot<PhysicalConnection> checkOut(long start, Deadline deadline) throws SQLException {
        lookForNesting();
        try {
            return pool.checkOut(deadline, atTheCap);
        } catch (SQLException | RuntimeException failure) {
            throw failure;
        } catch (Exception refused) {
            throw toldAs(refused, start);
        }
    }

    /**
     * What is told of {@code refused}, which ended a check-out that nobody waited for: itself, if it is the driver's or of the kind
     * that only a connector throws that does not declare it.
     */
    Throwable toldLater(Throwable refused, long start) {
        SQLException ours = refused instanceof Exception ? oursOrNull((Exception) refused, start) : null;
        return ours == null ? refused : ours;
    }

    /** What is told where there was a slot in time, but its completer came after {@code deadline}: PW-101. */
    SQLException tooLate(Deadline deadline, long start) {
        long waited = timeoutNanos - deadline.remainingNanos();
        telling.timedOut(start);
        return Failures.tooLate(engine, timeoutNanos, new CheckoutTimeoutException(pool.stats(), waited, 0, 0, null));
    }

    private SQLException toldAs(Exception refused, long start) {
        SQLException ours = oursOrNull(refused, start);
        if (ours == null) {
            throw new IllegalStateException("no opening throws this", refused);
        }
        return ours;
    }

    private @Nullable SQLException oursOrNull(Exception refused, long start) {
        if (refused instanceof AlreadyLeasedException) {
            return Failures.alreadyLeased(engine, (AlreadyLeasedException) refused);
        }
        if (refused instanceof CheckoutTimeoutException) {
            telling.timedOut(start);
            return Failures.timedOut(
                    engine, pool, timeoutNanos, (CheckoutTimeoutException) refused, atTheCap.heldByWaiting());
        }
        if (refused instanceof EngineClosedException) {
            return Failures.closed(engine, refused);
        }
        if (refused instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return Failures.interrupted(engine, pool, refused);
        }
        if (refused instanceof UnsupportedDriverException) {
            return Failures.unsupportedDriver(engine, refused);
        }
        return null;
    }
}

package dev.poolwright.event;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes on everything it hears: for listeners that want to know some of it and are not alone. Any thread. */
public abstract class Relay implements EngineListener {

    private static final EngineListener NOBODY = new EngineListener() {};

    private volatile EngineListener next = NOBODY;

    /** Nobody hears as well, at first. */
    protected Relay() {}

    /** Who hears as well; null = nobody. */
    public final void next(@Nullable EngineListener listener) {
        next = listener == null ? NOBODY : listener;
    }

    @Override
    public void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {
        next.engineOpened(engine, stats);
    }

    @Override
    public void observed(EngineInfo engine) {
        next.observed(engine);
    }

    @Override
    public void engineClosed(EngineInfo engine) {
        next.engineClosed(engine);
    }

    @Override
    public void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {
        next.connectionOpened(engine, nanos, failure);
    }

    @Override
    public @Nullable Object acquiring() {
        return next.acquiring();
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        next.checkedOut(engine, waitedNanos);
    }

    @Override
    public void checkedIn(EngineInfo engine, long heldNanos) {
        next.checkedIn(engine, heldNanos);
    }

    @Override
    public void sessionReset(EngineInfo engine, SessionReset reset) {
        next.sessionReset(engine, reset);
    }

    @Override
    public void nestedAtTheCap(NestedCheckout nested) {
        next.nestedAtTheCap(nested);
    }

    @Override
    public void checkoutTimedOut(EngineInfo engine, long waitedNanos) {
        next.checkoutTimedOut(engine, waitedNanos);
    }

    @Override
    public void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.transactionEnded(engine, how, startNanos, endNanos, failure);
    }

    @Override
    public void batchExecuted(
            EngineInfo engine, int batchSize, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.batchExecuted(engine, batchSize, startNanos, endNanos, failure);
    }

    @Override
    public @Nullable Object flushStarted(Flush flush) {
        return next.flushStarted(flush);
    }

    @Override
    public void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        next.flushEnded(flush, started, failure);
    }

    @Override
    public void sessionOpened(SessionInfo session) {
        next.sessionOpened(session);
    }

    @Override
    public void sessionClosed(SessionInfo session) {
        next.sessionClosed(session);
    }

    @Override
    public void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, @Nullable Throwable failure) {
        next.sessionStepped(session, step, startNanos, endNanos, failure);
    }

    @Override
    public void closedUncommitted(UncommittedClose close) {
        next.closedUncommitted(close);
    }

    @Override
    public void leaked(Leak leak) {
        next.leaked(leak);
    }
}

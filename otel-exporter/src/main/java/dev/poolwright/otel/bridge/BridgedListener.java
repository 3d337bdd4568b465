package dev.poolwright.otel.bridge;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.otel.settings.SpanLimits;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells each event where the application of its thread has its OpenTelemetry: if that is global, there; else to an SDK of
 * ours, if there is one, whose spans then ask {@link #position} what they are part of. With both, the spans go to the
 * application's and the rest to ours: nothing is told twice.
 *
 * <p>Any thread. Nothing is thrown.
 */
public final class BridgedListener implements EngineListener {

    private static final EngineListener NOBODY = new EngineListener() {};

    private final OpenEngines engines = new OpenEngines();
    private final LongAdder accidents = new LongAdder();
    private final Applications applications;
    private final EngineListener own;
    private final EngineListener ownWithoutSpans;

    /**
     * @param own             tells an SDK of ours, or null = there is none
     * @param ownWithoutSpans tells it the same but spans, or null = there is none
     * @param told            takes a line of what is joined, and of what cannot be
     */
    public BridgedListener(
            @Nullable EngineListener own,
            @Nullable EngineListener ownWithoutSpans,
            SpanLimits limits,
            Consumer<String> told) {
        this.own = own == null ? NOBODY : own;
        this.ownWithoutSpans = ownWithoutSpans == null ? NOBODY : ownWithoutSpans;
        this.applications = new Applications(limits, own != null, engines, told);
    }

    /**
     * An application has begun to use its OpenTelemetry. Called while that is being loaded: takes note and calls nothing
     * of it.
     *
     * @param loader of the application's {@code io.opentelemetry.context}
     */
    public void saw(ClassLoader loader) {
        applications.saw(loader);
    }

    /** The current span of this thread in its application's own context, or null. */
    public @Nullable TracePosition position() {
        try {
            ApplicationTelemetry here = applications.here();
            return here == null ? null : here.position();
        } catch (Throwable accident) {
            accidents.increment(); // not kept: it would hold classes of the application
            return null;
        }
    }

    /** How often an application's OpenTelemetry could not be asked; then what would have been told there is told to ours. */
    public long accidents() {
        return accidents.sum();
    }

    private @Nullable EngineListener global() {
        try {
            ApplicationTelemetry here = applications.here();
            return here == null ? null : here.global();
        } catch (Throwable accident) {
            accidents.increment();
            return null;
        }
    }

    @Override
    public void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {
        engines.opened(engine, stats); // an application hears of it when something happens there
        own.engineOpened(engine, stats);
    }

    @Override
    public void observed(EngineInfo engine) {
        engines.observed(engine);
        own.observed(engine);
    }

    @Override
    public void engineClosed(EngineInfo engine) {
        engines.closed(engine);
        own.engineClosed(engine);
        try {
            for (ApplicationTelemetry each : applications.all()) {
                EngineListener global = each.global();
                if (global != null) {
                    global.engineClosed(engine);
                }
            }
        } catch (Throwable accident) {
            accidents.increment();
        }
    }

    @Override
    public @Nullable Object acquiring() {
        return position();
    }

    @Override
    public void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {
        EngineListener global = global();
        if (global != null) {
            global.connectionOpened(engine, nanos, failure);
        }
        rest(global).connectionOpened(engine, nanos, failure);
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        EngineListener global = global();
        if (global != null) {
            global.checkedOut(engine, waitedNanos);
        }
        rest(global).checkedOut(engine, waitedNanos);
    }

    @Override
    public void checkedIn(EngineInfo engine, long heldNanos) {
        EngineListener global = global();
        if (global != null) {
            global.checkedIn(engine, heldNanos);
        }
        rest(global).checkedIn(engine, heldNanos);
    }

    @Override
    public void sessionReset(EngineInfo engine, SessionReset reset) {
        EngineListener global = global();
        if (global != null) {
            global.sessionReset(engine, reset);
        }
        rest(global).sessionReset(engine, reset);
    }

    @Override
    public void checkoutTimedOut(EngineInfo engine, long waitedNanos) {
        EngineListener global = global();
        if (global != null) {
            global.checkoutTimedOut(engine, waitedNanos);
        }
        rest(global).checkoutTimedOut(engine, waitedNanos);
    }

    @Override
    public void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {
        EngineListener global = global();
        if (global != null) {
            global.transactionEnded(engine, how, startNanos, endNanos, failure);
        }
        rest(global).transactionEnded(engine, how, startNanos, endNanos, failure);
    }

    @Override
    public void batchExecuted(
            EngineInfo engine, int size, long startNanos, long endNanos, @Nullable Throwable failure) {
        EngineListener global = global();
        if (global != null) {
            global.batchExecuted(engine, size, startNanos, endNanos, failure);
        }
        rest(global).batchExecuted(engine, size, startNanos, endNanos, failure);
    }

    /** A flush is a span and nothing else; who began it ends it, whatever has become global meanwhile. */
    @Override
    public @Nullable Object flushStarted(Flush flush) {
        EngineListener global = global();
        EngineListener teller = global == null ? own : global;
        Object started = teller.flushStarted(flush);
        return started == null ? null : new Begun(teller, started);
    }

    @Override
    public void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        if (started instanceof Begun) {
            ((Begun) started).teller.flushEnded(flush, ((Begun) started).started, failure);
        } else if (started != null) {
            own.flushEnded(flush, started, failure); // begun before there was anything to join
        }
    }

    @Override
    public void sessionOpened(SessionInfo session) {
        own.sessionOpened(session);
    }

    @Override
    public void sessionClosed(SessionInfo session) {
        own.sessionClosed(session); // of an application that became global in between this would be one too many
    }

    @Override
    public void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, @Nullable Throwable failure) {
        EngineListener global = global();
        if (global != null) {
            global.sessionStepped(session, step, startNanos, endNanos, failure);
        }
        rest(global).sessionStepped(session, step, startNanos, endNanos, failure);
    }

    @Override
    public void closedUncommitted(UncommittedClose close) {
        EngineListener global = global();
        if (global != null) {
            global.closedUncommitted(close);
        }
        rest(global).closedUncommitted(close);
    }

    @Override
    public void leaked(Leak leak) {
        EngineListener global = global();
        if (global != null) {
            global.leaked(leak);
        }
        rest(global).leaked(leak);
    }

    /** What hears of an event that an application's own has heard of, or has not. */
    private EngineListener rest(@Nullable EngineListener global) {
        return global == null ? own : ownWithoutSpans;
    }

    private static final class Begun {
        private final EngineListener teller;
        private final Object started;

        Begun(EngineListener teller, Object started) {
            this.teller = teller;
            this.started = started;
        }
    }
}

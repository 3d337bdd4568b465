package dev.poolwright.otel.signal;

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
import dev.poolwright.otel.bridge.OpenEngines;
import dev.poolwright.otel.bridge.TracePosition;
import dev.poolwright.otel.settings.SpanLimits;
import dev.poolwright.time.Ticker;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of engines and sessions and tells OpenTelemetry: spans for what ends a transaction, batches, flushes and long
 * waits, metrics of the pools, log records for leaks.
 *
 * <p>Any thread. Nothing is thrown: what goes wrong in here is counted by {@link #accidents()} and lost, since a commit
 * has to succeed without its span.
 */
public final class TelemetryListener implements EngineListener {

    private final Map<EngineInfo, EngineTelemetry> engines;
    private final @Nullable OpenEngines open;
    private final LongAdder accidents = new LongAdder();
    private volatile @Nullable Throwable firstAccident;
    private final Spans spans;
    private final Metrics metrics;
    private final @Nullable LeakRecords leaks;
    private final Ticker ticker;
    private final EpochClock clock;
    private final SpanLimits limits;
    private final boolean othersReportTransactions;

    /**
     * @param telemetry                where to; the API decides what becomes of it
     * @param limits                   from how long on something is a span
     * @param othersReportTransactions whether a tracing agent makes spans of {@code commit()} and {@code rollback()}
     *                                 itself, so that ours would be the second ones
     */
    public TelemetryListener(OpenTelemetry telemetry, SpanLimits limits, boolean othersReportTransactions) {
        this(telemetry, telemetry, limits, othersReportTransactions);
    }

    /** The same with metrics that go elsewhere, {@code metricsTo}. */
    public TelemetryListener(
            OpenTelemetry telemetry, OpenTelemetry metricsTo, SpanLimits limits, boolean othersReportTransactions) {
        this(
                new Spans(telemetry, null),
                new PoolMetrics(metricsTo),
                new LeakRecords(telemetry),
                limits,
                othersReportTransactions,
                Ticker.SYSTEM,
                Clock.systemUTC());
    }

    /**
     * For an SDK of our own.
     *
     * @param around says what a call is part of of which that SDK knows nothing; null = of nothing
     */
    public TelemetryListener(OpenTelemetry telemetry, SpanLimits limits, Supplier<@Nullable TracePosition> around) {
        this(
                new Spans(telemetry, around),
                new PoolMetrics(telemetry),
                new LeakRecords(telemetry),
                limits,
                false,
                Ticker.SYSTEM,
                Clock.systemUTC());
    }

    /**
     * For an application's, which hears of an engine when something happens there.
     *
     * @param leaks null = that version has no log records
     * @param open  the engines there are
     */
    TelemetryListener(Spans spans, Metrics metrics, @Nullable LeakRecords leaks, SpanLimits limits, OpenEngines open) {
        this.engines = new ConcurrentHashMap<>();
        this.open = open;
        this.spans = spans;
        this.metrics = metrics;
        this.leaks = leaks;
        this.limits = limits;
        this.ticker = Ticker.SYSTEM;
        this.clock = new EpochClock(Ticker.SYSTEM, Clock.systemUTC());
        this.othersReportTransactions = false;
    }

    TelemetryListener(
            Spans spans,
            Metrics metrics,
            LeakRecords leaks,
            SpanLimits limits,
            boolean othersReportTransactions,
            Ticker ticker,
            Clock calendar) {
        this.engines = new ConcurrentHashMap<>();
        this.open = null;
        this.spans = spans;
        this.metrics = metrics;
        this.leaks = leaks;
        this.limits = limits;
        this.ticker = ticker;
        this.clock = new EpochClock(ticker, calendar);
        this.othersReportTransactions = othersReportTransactions;
    }

    private TelemetryListener(TelemetryListener all, SpanLimits limits) {
        this.engines = all.engines;
        this.open = all.open;
        this.spans = all.spans;
        this.metrics = all.metrics;
        this.leaks = all.leaks;
        this.limits = limits;
        this.ticker = all.ticker;
        this.clock = all.clock;
        this.othersReportTransactions = all.othersReportTransactions;
    }

    /** One that tells the same, about the same engines, but no spans. */
    public TelemetryListener withoutSpans() {
        SpanLimits none = limits;
        for (SpanLimits.Kind kind : SpanLimits.Kind.values()) {
            none = none.with(kind, -1);
        }
        return new TelemetryListener(this, none);
    }

    /** How many events were lost to a failure in here; anything but 0 is a bug. */
    public long accidents() {
        return accidents.sum();
    }

    /** The first of them, or null. */
    public @Nullable Throwable firstAccident() {
        return firstAccident;
    }

    @Override
    public void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {
        try {
            EngineTelemetry told = new EngineTelemetry(engine);
            if (engines.putIfAbsent(engine, told) == null) {
                metrics.observe(told, stats);
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void observed(EngineInfo engine) {
        try {
            engines.putIfAbsent(engine, new EngineTelemetry(engine));
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void engineClosed(EngineInfo engine) {
        try {
            EngineTelemetry told = engines.remove(engine);
            if (told != null) {
                told.stopObserving();
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void connectionOpened(EngineInfo engine, long nanos, @Nullable Throwable failure) {
        try {
            if (failure == null) {
                metrics.opened(telemetryOf(engine), nanos);
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public @Nullable Object acquiring() {
        try {
            return spans.position();
        } catch (Throwable accident) {
            count(accident);
            return null;
        }
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        try {
            EngineTelemetry told = telemetryOf(engine);
            metrics.checkedOut(told, waitedNanos);
            if (limits.wants(SpanLimits.Kind.WAIT, waitedNanos, false)) {
                waited(told, waitedNanos, null);
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void checkedIn(EngineInfo engine, long heldNanos) {
        try {
            metrics.checkedIn(telemetryOf(engine), heldNanos);
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void sessionReset(EngineInfo engine, SessionReset reset) {
        try {
            metrics.reset(telemetryOf(engine), reset);
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void checkoutTimedOut(EngineInfo engine, long waitedNanos) {
        try {
            EngineTelemetry told = telemetryOf(engine);
            metrics.timedOut(told);
            if (limits.wants(SpanLimits.Kind.WAIT, waitedNanos, true)) {
                waited(told, waitedNanos, Failure.ofWait());
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {
        try {
            if (othersReportTransactions && (how == TransactionEnd.COMMIT || how == TransactionEnd.ROLLBACK)) {
                return;
            }
            EngineTelemetry told = telemetryOf(engine);
            EngineTelemetry.Operation operation = told.end(how);
            Failure failed = failure == null ? null : Failure.ofCall(told.system(), failure);
            if (limits.wants(kindOf(how), endNanos - startNanos, failed != null)) {
                long start = clock.epochNanos(startNanos);
                spans.call(operation, start, start + (endNanos - startNanos), failed);
            }
            if (how != TransactionEnd.ROLLBACK_TO_SAVEPOINT) {
                metrics.call(operation, endNanos - startNanos, failed);
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void batchExecuted(
            EngineInfo engine, int size, long startNanos, long endNanos, @Nullable Throwable failure) {
        try {
            if (!limits.wants(SpanLimits.Kind.BATCH, endNanos - startNanos, failure != null)) {
                return;
            }
            EngineTelemetry told = telemetryOf(engine);
            long start = clock.epochNanos(startNanos);
            Failure failed = failure == null ? null : Failure.ofCall(told.system(), failure);
            spans.batch(told.batch(), size, start, start + (endNanos - startNanos), failed);
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public @Nullable Object flushStarted(Flush flush) {
        try {
            if (limits.isOff(SpanLimits.Kind.FLUSH)) {
                return null;
            }
            long nanos = ticker.nanos();
            if (!limits.isEach(SpanLimits.Kind.FLUSH)) {
                return nanos;
            }
            return spans.flush(flush, clock.epochNanos(nanos), nanos);
        } catch (Throwable accident) {
            count(accident);
            return null;
        }
    }

    @Override
    public void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        try {
            Failure failed = failure == null ? null : Failure.ofFlush(failure);
            if (started instanceof Spans.FlushSpan) {
                ((Spans.FlushSpan) started).end(ticker.nanos(), failed);
            } else if (started instanceof Long) {
                long startNanos = (Long) started;
                long took = ticker.nanos() - startNanos;
                if (limits.wants(SpanLimits.Kind.FLUSH, took, failed != null)) {
                    long start = clock.epochNanos(startNanos);
                    spans.flushed(flush, start, start + took, failed);
                }
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void sessionOpened(SessionInfo session) {
        try {
            metrics.session(session, 1);
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void sessionClosed(SessionInfo session) {
        try {
            metrics.session(session, -1);
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void closedUncommitted(UncommittedClose close) {
        try {
            EngineTelemetry told = telemetryOf(close.engine());
            metrics.closedUncommitted(told, close);
            if (leaks != null && close.isWorthALine()) {
                leaks.closedUncommitted(told, close, clock.epochNanos(ticker.nanos()));
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, @Nullable Throwable failure) {
        try {
            metrics.stepped(session, step, endNanos - startNanos, failure == null ? null : Failure.ofFlush(failure));
        } catch (Throwable accident) {
            count(accident);
        }
    }

    @Override
    public void leaked(Leak leak) {
        try {
            EngineInfo engine = leak.engine();
            EngineTelemetry told = engine == null ? null : telemetryOf(engine);
            metrics.leaked(told, leak);
            if (leaks != null) {
                leaks.leaked(told, leak, clock.epochNanos(ticker.nanos()));
            }
        } catch (Throwable accident) {
            count(accident);
        }
    }

    private void waited(EngineTelemetry engine, long waitedNanos, @Nullable Failure failure) {
        long end = clock.epochNanos(ticker.nanos());
        spans.wait(engine, end - waitedNanos, end, failure);
    }

    private static SpanLimits.Kind kindOf(TransactionEnd how) {
        return how == TransactionEnd.COMMIT || how == TransactionEnd.IMPLICIT_COMMIT
                ? SpanLimits.Kind.COMMIT
                : SpanLimits.Kind.ROLLBACK;
    }

    /** An engine's; made and forgotten for one that is not open: what is late must not stay. */
    private EngineTelemetry telemetryOf(EngineInfo engine) {
        EngineTelemetry told = engines.get(engine);
        return told == null ? unknown(engine) : told;
    }

    private EngineTelemetry unknown(EngineInfo engine) {
        EngineTelemetry fresh = new EngineTelemetry(engine);
        if (open == null || !open.isOpen(engine)) {
            return fresh;
        }
        EngineTelemetry earlier = engines.putIfAbsent(engine, fresh);
        if (earlier != null) {
            return earlier;
        }
        Supplier<EngineStats> stats = open.statsOf(engine);
        if (stats != null) {
            metrics.observe(fresh, stats);
        }
        if (!open.isOpen(engine)) {
            engineClosed(engine); // meanwhile, and who told so did not find it here
        }
        return fresh;
    }

    private void count(Throwable accident) {
        if (firstAccident == null) {
            firstAccident = accident;
        }
        accidents.increment();
    }
}

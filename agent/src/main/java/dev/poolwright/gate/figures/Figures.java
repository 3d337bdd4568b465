package dev.poolwright.gate.figures;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.Relay;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.time.Ticker;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what the page shows, and passes everything on. Any thread; takes no lock but for a flush that was slow. */
public final class Figures extends Relay {

    private static final Seen NOTHING = new Seen();

    /** By the very engine: another one may have its name before it has told its end. */
    private final ConcurrentMap<EngineInfo, Seen> engines = new ConcurrentHashMap<>();

    private final SlowFlushes flushes = new SlowFlushes();
    private final Ticker ticker;

    /** Nothing is seen so far. */
    public Figures(Ticker ticker) {
        this.ticker = ticker;
    }

    /** What was seen of that engine; nothing, where it is closed. */
    public Seen of(EngineInfo engine) {
        Seen known = engines.get(engine);
        return known == null ? NOTHING : known;
    }

    /** The latest flushes that took long, the newest first. */
    public List<SlowFlush> slowFlushes() {
        return flushes.newestFirst();
    }

    /** How many flushes took long. */
    public long slow() {
        return flushes.count();
    }

    @Override
    public void engineOpened(EngineInfo engine, Supplier<EngineStats> stats) {
        engines.putIfAbsent(engine, new Seen());
        super.engineOpened(engine, stats);
    }

    @Override
    public void engineClosed(EngineInfo engine) {
        engines.remove(engine);
        super.engineClosed(engine);
    }

    @Override
    public void checkedOut(EngineInfo engine, long waitedNanos) {
        Seen seen = engines.get(engine);
        if (seen != null) {
            seen.waits().add(waitedNanos);
        }
        super.checkedOut(engine, waitedNanos);
    }

    @Override
    public void transactionEnded(
            EngineInfo engine, TransactionEnd how, long startNanos, long endNanos, @Nullable Throwable failure) {
        if (how == TransactionEnd.COMMIT || how == TransactionEnd.IMPLICIT_COMMIT) {
            Seen seen = engines.get(engine);
            if (seen != null) {
                seen.commits().add(endNanos - startNanos);
            }
        }
        super.transactionEnded(engine, how, startNanos, endNanos, failure);
    }

    @Override
    public void leaked(Leak leak) {
        EngineInfo engine = leak.engine();
        Seen seen = engine == null ? null : engines.get(engine);
        if (seen != null) {
            seen.leaked(leak);
        }
        super.leaked(leak);
    }

    @Override
    public @Nullable Object flushStarted(Flush flush) {
        return new Begun(super.flushStarted(flush), ticker.nanos());
    }

    @Override
    public void flushEnded(Flush flush, @Nullable Object started, @Nullable Throwable failure) {
        if (!(started instanceof Begun)) { // begun before there was a page
            super.flushEnded(flush, started, failure);
            return;
        }
        Begun begun = (Begun) started;
        long now = ticker.nanos();
        if (now - begun.atNanos >= SlowFlushes.FROM_NANOS) {
            flushes.add(new SlowFlush(flush, now, now - begun.atNanos, failure));
        }
        super.flushEnded(flush, begun.ofNext, failure);
    }

    /** When, and what the next listener wants to have back. */
    private static final class Begun {

        final @Nullable Object ofNext;
        final long atNanos;

        Begun(@Nullable Object ofNext, long atNanos) {
            this.ofNext = ofNext;
            this.atNanos = atNanos;
        }
    }
}

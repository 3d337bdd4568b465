package dev.poolwright.otel.signal;

import dev.poolwright.time.Ticker;
import java.time.Clock;
import java.time.Instant;

/**
 * Says which moment of the calendar a {@link Ticker} reading was, in nanoseconds since 1970.
 *
 * <p>Keeps one pair of readings and counts from it. The pair is renewed when it is {@link #RENEW_NANOS} old, so that a
 * corrected or suspended machine clock is wrong for that long at most. Any thread; two that renew at once do no harm.
 */
final class EpochClock {

    static final long RENEW_NANOS = 10_000_000_000L;

    private final Ticker ticker;
    private final Clock clock;
    private volatile Anchor anchor;

    EpochClock(Ticker ticker, Clock clock) {
        this.ticker = ticker;
        this.clock = clock;
        this.anchor = drop();
    }

    /** The moment {@code tickerNanos} was, or will be. */
    long epochNanos(long tickerNanos) {
        Anchor known = anchor;
        if (tickerNanos - known.tickerNanos > RENEW_NANOS) {
            known = drop();
            anchor = known;
        }
        return known.epochNanos + (tickerNanos - known.tickerNanos);
    }

    private Anchor drop() {
        Instant now = clock.instant();
        return new Anchor(now.getEpochSecond() * 1_000_000_000L + now.getNano(), ticker.nanos());
    }

    /** One moment on both clocks. */
    private static final class Anchor {
        private final long epochNanos;
        private final long tickerNanos;

        Anchor(long epochNanos, long tickerNanos) {
            this.epochNanos = epochNanos;
            this.tickerNanos = tickerNanos;
        }
    }
}

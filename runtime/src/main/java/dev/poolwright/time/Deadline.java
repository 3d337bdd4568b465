package dev.poolwright.time;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A moment after which nobody waits any longer.
 *
 * <p>Immutable. {@link #never()} reads no clock at all.
 */
public final class Deadline {

    private static final Deadline NEVER = new Deadline(null, 0);

    private final @Nullable Ticker ticker;
    private final long atNanos;

    private Deadline(@Nullable Ticker ticker, long atNanos) {
        this.ticker = ticker;
        this.atNanos = atNanos;
    }

    /** Waits for ever. */
    public static Deadline never() {
        return NEVER;
    }

    /**
     * The moment {@code wait} from now on {@code ticker}.
     *
     * @param wait how long; zero or negative is already past
     */
    public static Deadline in(Duration wait, Ticker ticker) {
        return inNanos(wait.toNanos(), ticker);
    }

    /** The moment {@code nanos} from now on {@code ticker}. */
    public static Deadline inNanos(long nanos, Ticker ticker) {
        return new Deadline(ticker, ticker.nanos() + nanos);
    }

    /** Whether this deadline will never come. */
    public boolean isNever() {
        return ticker == null;
    }

    /** Nanoseconds left; zero or negative once past, {@link Long#MAX_VALUE} for {@link #never()}. */
    public long remainingNanos() {
        Ticker clock = ticker;
        return clock == null ? Long.MAX_VALUE : atNanos - clock.nanos();
    }

    /** Less than 0 if this comes before {@code other}, more if after; neither is never, and both are of one ticker. */
    public int compareWith(Deadline other) {
        return Long.signum(atNanos - other.atNanos);
    }

    /** Whether nothing is left. */
    public boolean isPast() {
        return remainingNanos() <= 0;
    }
}

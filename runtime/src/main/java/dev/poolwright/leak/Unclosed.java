package dev.poolwright.leak;

import dev.poolwright.time.CoarseClock;
import java.lang.ref.PhantomReference;
import org.jspecify.annotations.Nullable;

/**
 * Something of somebody else's that was opened and not yet closed: from where, since when. Does not keep it reachable, and
 * does not act on it.
 */
public abstract class Unclosed extends PhantomReference<Object> {

    private final IdentityKey key;
    private final @Nullable Origin origin;

    /** {@link CoarseClock#STOPPED} for the moment until it is known. */
    private volatile long sinceNanos = CoarseClock.STOPPED;

    /**
     * @param thing  what was opened
     * @param watch  which this will be handed to
     * @param origin the line that opened it, or null if that is not recorded
     */
    protected Unclosed(Object thing, UnclosedWatch<?> watch, @Nullable Origin origin) {
        super(thing, watch.unreachable());
        this.key = new IdentityKey(thing);
        this.origin = origin;
    }

    /** The line that opened it, or null if that was not recorded. */
    public final @Nullable Origin origin() {
        return origin;
    }

    /** How long it has been open, in nanoseconds; 0 as long as that is not known. */
    public final long heldNanos(long nowNanos) {
        long since = sinceNanos;
        return since == CoarseClock.STOPPED || nowNanos == CoarseClock.STOPPED ? 0 : Math.max(nowNanos - since, 0);
    }

    final IdentityKey key() {
        return key;
    }

    final void since(long nanos) {
        sinceNanos = nanos;
    }
}

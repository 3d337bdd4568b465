package dev.poolwright.engine;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.NestedCheckout;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.jdbc.Lending;
import dev.poolwright.time.Ticker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells an engine's listener, whose accidents are counted and reach nobody. Any thread. */
final class Telling {

    private final Lending lending;

    Telling(Lending lending) {
        this.lending = lending;
    }

    /** The time if somebody listens; otherwise 0, and no clock is read. */
    long now() {
        return lending.listener() == null ? 0 : Ticker.SYSTEM.nanos();
    }

    void engineOpened(Supplier<EngineStats> stats) {
        EngineListener listener = lending.listener();
        if (listener != null) {
            try {
                listener.engineOpened(lending.engine(), stats);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    void engineClosed() {
        EngineListener listener = lending.listener();
        if (listener != null) {
            try {
                listener.engineClosed(lending.engine());
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    /** @param began as told by {@link #now} */
    void opened(long began, @Nullable Throwable failure) {
        if (began != 0) {
            openedIn(Ticker.SYSTEM.nanos() - began, failure);
        }
    }

    /** An opening took so long. */
    void openedIn(long nanos, @Nullable Throwable failure) {
        EngineListener listener = lending.listener();
        if (listener != null) {
            try {
                listener.connectionOpened(lending.engine(), nanos, failure);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    /** @param start as told by {@link #now} */
    void checkedOut(EngineListener listener, long start, long nowNanos) {
        if (start != 0) {
            try {
                listener.checkedOut(lending.engine(), nowNanos - start);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    void nested(NestedCheckout nested) {
        EngineListener listener = lending.listener();
        if (listener != null) {
            try {
                listener.nestedAtTheCap(nested);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    void uncommitted(UncommittedClose close) {
        EngineListener listener = lending.listener();
        if (listener != null) {
            try {
                listener.closedUncommitted(close);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }

    /** Counts a failure of ours that reaches nobody. */
    void accident(Throwable accident) {
        lending.accident(accident);
    }

    /** @param start as told by {@link #now} */
    void timedOut(long start) {
        EngineListener listener = lending.listener();
        if (listener != null && start != 0) {
            try {
                listener.checkoutTimedOut(lending.engine(), Ticker.SYSTEM.nanos() - start);
            } catch (Throwable accident) {
                lending.accident(accident);
            }
        }
    }
}

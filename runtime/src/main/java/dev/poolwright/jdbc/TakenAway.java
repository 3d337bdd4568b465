package dev.poolwright.jdbc;

import dev.poolwright.leak.Origin;
import dev.poolwright.time.Ticker;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a handle is dead that its holder has not closed. Immutable. */
final class TakenAway {

    private final @Nullable Origin origin;
    private final long unusedNanos;
    private final long atNanos;

    /** @param atNanos when, by {@link Ticker#SYSTEM} */
    TakenAway(@Nullable Origin origin, long unusedNanos, long atNanos) {
        this.origin = origin;
        this.unusedNanos = unusedNanos;
        this.atNanos = atNanos;
    }

    /** What a holder is told who comes too late: PW-204, SQLState 08003. */
    SQLException exception(Lending lending) {
        String where = origin == null ? "" : " It was acquired at " + origin + ".";
        return new SQLNonTransientConnectionException(
                String.format(
                        Locale.ROOT,
                        "%s: this connection was taken back %.1f s ago, after %.1f s without a call"
                                + " (poolwright.leak.reclaimAfter).%s [PW-204]",
                        lending.engine(),
                        (Ticker.SYSTEM.nanos() - atNanos) / 1e9,
                        unusedNanos / 1e9,
                        where),
                "08003");
    }
}

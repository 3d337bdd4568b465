package dev.poolwright.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is set to when it is lent; undone when it comes back, like what the borrower sets.
 *
 * <p>Immutable.
 */
public final class ConnectionOptions {

    /** Nothing. */
    public static final ConnectionOptions NONE = new ConnectionOptions(false, null);

    private final boolean readOnly;
    private final @Nullable Integer isolation;

    private ConnectionOptions(boolean readOnly, @Nullable Integer isolation) {
        this.readOnly = readOnly;
        this.isolation = isolation;
    }

    /** The same, and read-only. */
    public ConnectionOptions withReadOnly() {
        return new ConnectionOptions(true, isolation);
    }

    /** The same with that transaction isolation, one of {@link Connection}'s constants or of the vendor's. */
    public ConnectionOptions withIsolation(int level) {
        return new ConnectionOptions(readOnly, level);
    }

    /**
     * Sets {@code lent}, which was just lent and which nobody has used. Where it is so already nothing is sent to the server; the
     * driver is asked once for each connection what it is when new.
     *
     * @throws SQLException the driver's own
     */
    public void applyTo(Connection lent) throws SQLException {
        RestoredConnection handle = (RestoredConnection) lent;
        // Before read-only: what reads the level must not be the first statement of a transaction that is.
        if (isolation != null && !isolation.equals(handle.presently(SessionDefaults.ISOLATION))) {
            lent.setTransactionIsolation(isolation);
        }
        if (readOnly && !Boolean.TRUE.equals(handle.presently(SessionDefaults.READ_ONLY))) {
            lent.setReadOnly(true);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectionOptions
                && ((ConnectionOptions) other).readOnly == readOnly
                && Objects.equals(((ConnectionOptions) other).isolation, isolation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(readOnly, isolation);
    }

    @Override
    public String toString() {
        return (readOnly ? "read-only" : "")
                + (isolation == null ? "" : (readOnly ? ", " : "") + "isolation " + isolation);
    }
}

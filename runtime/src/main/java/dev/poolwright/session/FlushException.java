package dev.poolwright.session;

import java.sql.SQLException;

/**
 * A change could not be sent (PW-401). The transaction is rolled back, and the session refuses work until
 * {@link Session#rollback}. SQLState and vendor code are those of the cause, which is the driver's.
 */
public final class FlushException extends SQLException {

    private static final long serialVersionUID = 1;

    private final int index;

    FlushException(String reason, int index, SQLException cause) {
        super(reason, cause.getSQLState(), cause.getErrorCode(), cause);
        this.index = index;
    }

    /**
     * Which change it was, counted from 0 in the order in which they were added since the flush before; -1 where the driver tells
     * no more than that it was in a batch.
     */
    public int index() {
        return index;
    }
}

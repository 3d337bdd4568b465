package dev.poolwright.event;

import java.sql.SQLException;

/** Thrown by {@link ConnectionListener#checkout} to have a connection closed and another one tried. */
public final class ConnectionRejectedException extends SQLException {

    private static final long serialVersionUID = 1L;

    /**
     * For a reason.
     *
     * @param reason why it must not be lent; nothing secret
     */
    public ConnectionRejectedException(String reason) {
        super(reason, "08006");
    }

    /**
     * With what showed it.
     *
     * @param reason why it must not be lent; nothing secret
     */
    public ConnectionRejectedException(String reason, Throwable cause) {
        super(reason, "08006", cause);
    }
}

package dev.poolwright.jdbc;

import dev.poolwright.dialect.CloseInTransaction;
import java.sql.Connection;
import java.sql.SQLException;

/** Finds closes that end a transaction in which something was written. */
final class Uncommitted {

    private Uncommitted() {}

    /** A transaction is open as {@code handle} is being closed; by the closer. */
    static void found(ConnectionHandle handle) {
        if (handle.physical().hasWritten()) {
            tell(handle);
        }
    }

    /** The same where nobody has asked the driver yet whether one is open. */
    static void look(ConnectionHandle handle) {
        PhysicalConnection physical = handle.physical();
        if (!physical.hasWritten()) {
            return;
        }
        try {
            Connection raw = physical.raw();
            if (!raw.isClosed() && !raw.getAutoCommit()) {
                tell(handle);
            }
        } catch (SQLException | RuntimeException | LinkageError untold) {
            // Then nobody knows.
        }
    }

    private static void tell(ConnectionHandle handle) {
        Lending lending = handle.lending();
        try {
            boolean committed = lending.dialect().closeInTransaction() == CloseInTransaction.COMMIT;
            lending.uncommittedLines().closing(committed);
        } catch (Throwable accident) {
            lending.accident(accident);
        }
    }
}

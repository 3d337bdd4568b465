package dev.poolwright.jdbc;

import dev.poolwright.pool.Slot;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an engine that was really closed, and is kept to be asked what its driver says then: a closed handle
 * must not ask its own, which somebody else may have by now.
 *
 * <p>Made when a closed handle is first used, from a connection that was idle. As safe for many threads as the driver's
 * closed objects.
 */
final class ClosedConnection {

    private final Connection raw;
    private final @Nullable DatabaseMetaData metaData;
    private final @Nullable Statement statement;
    private final @Nullable Statement closedStatement;

    /** Only for {@link #closesStatements}: one driver's statement notices by that question that it is closed. */
    private final @Nullable Statement otherStatement;

    private ClosedConnection(Connection raw) throws SQLException {
        this.raw = raw;
        this.metaData = raw.getMetaData();
        this.statement = raw.createStatement();
        this.otherStatement = raw.createStatement();
        this.closedStatement = raw.createStatement();
        if (closedStatement != null) {
            closedStatement.close();
        }
        raw.close();
    }

    /** Closes {@code idle}, which the caller holds; null if the driver does not let itself be asked. */
    static @Nullable ClosedConnection of(Slot<PhysicalConnection> idle) {
        PhysicalConnection physical = idle.resource();
        if (physical == null) {
            return null;
        }
        Connection raw = physical.raw();
        try {
            ClosedConnection made = new ClosedConnection(raw);
            return raw.isClosed() ? made : null;
        } catch (SQLException | RuntimeException | LinkageError broken) {
            return null;
        }
    }

    /** The driver's object; closed. */
    Connection raw() {
        return raw;
    }

    /** The description got before the close, or null. */
    @Nullable
    DatabaseMetaData metaData() {
        return metaData;
    }

    /** A statement that was open when the connection was closed, or null. */
    @Nullable
    Statement statement() {
        return statement;
    }

    /** A statement that was closed, and then the connection, or null. */
    @Nullable
    Statement closedStatement() {
        return closedStatement;
    }

    /** Whether a statement that was open when the connection was closed says that it is closed. */
    boolean closesStatements() throws SQLException {
        return otherStatement != null && otherStatement.isClosed();
    }

    /** What the driver throws when a closed connection is used, or null if it throws nothing. */
    @Nullable
    SQLException failure() {
        try {
            raw.createStatement();
            raw.prepareStatement("SELECT 1");
            return null;
        } catch (SQLException told) {
            return told;
        } catch (RuntimeException | LinkageError unexpected) {
            return null;
        }
    }

    /**
     * What the driver throws when a statement of a closed connection is executed, or null.
     *
     * @param closed whether that statement was closed as well
     */
    @Nullable
    SQLException failureOfStatement(boolean closed) {
        Statement asked = closed ? closedStatement : statement;
        if (asked == null) {
            return null;
        }
        try {
            asked.getMaxRows();
            asked.executeQuery("SELECT 1");
            return null;
        } catch (SQLException told) {
            return told;
        } catch (RuntimeException | LinkageError unexpected) {
            return null;
        }
    }
}

package dev.poolwright.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** SQLite with the driver of Xerial. */
final class SqliteDialect extends Dialect {

    private static final String PREFIX = "jdbc:sqlite:";

    static Dialect make() {
        return new SqliteDialect();
    }

    @Override
    public String system() {
        return "sqlite";
    }

    /**
     * A memory database belongs to its connection or dies with the last; pragmas, attached files and locks of a file
     * belong to the connection too, and opening one takes microseconds. The driver's classes are its only vendor
     * interface, so that programs cast to them, which no handle outlives.
     */
    @Override
    public boolean isServed() {
        return false;
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return Pooling.PASS_THROUGH;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        return new DatabaseAddress(bare, null, -1, bare.substring(PREFIX.length()));
    }

    /** The driver does not know: it says "auto-commit" after a {@code BEGIN}. */
    @Override
    public boolean isTransactionOpen(Connection raw) {
        return true;
    }

    @Override
    public void rollbackBySql(Connection raw) throws SQLException {
        try {
            super.rollbackBySql(raw);
        } catch (SQLException failure) {
            // There was none: SQLite has one code for this and for nonsense.
            if (!String.valueOf(failure.getMessage()).contains("no transaction is active")) {
                throw failure;
            }
        }
    }

    /** It is the busy timeout of the connection in all versions before 3.42, and cannot be told from here. */
    @Override
    public boolean isQueryTimeoutOfSession() {
        return true;
    }

    @Override
    protected String pingQuery() {
        return "SELECT 1";
    }

    @Override
    public SQLException closed(Connection raw) {
        return new SQLException("database connection closed");
    }
}

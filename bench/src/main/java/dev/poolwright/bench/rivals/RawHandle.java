package dev.poolwright.bench.rivals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Passes on what the cycles call, and checks nothing. */
abstract class RawHandle implements Connection {

    private @Nullable Connection raw;

    final void over(Connection connection) {
        raw = connection;
    }

    private Connection raw() {
        Connection connection = raw;
        if (connection == null) {
            throw new IllegalStateException("over nothing");
        }
        return connection;
    }

    @Override
    public Statement createStatement() throws SQLException {
        return raw().createStatement();
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return raw().prepareStatement(sql);
    }

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        raw().setAutoCommit(autoCommit);
    }

    @Override
    public void commit() throws SQLException {
        raw().commit();
    }
}

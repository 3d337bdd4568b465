package dev.poolwright.session;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that has no connection for some time. */
final class OneRefusal implements DataSource {

    private final DataSource behind;
    private final AtomicInteger left;

    OneRefusal(DataSource behind, AtomicInteger left) {
        this.behind = behind;
        this.left = left;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (left.getAndDecrement() > 0) {
            throw new SQLException("no connection today", "08001");
        }
        return behind.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return behind.getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return behind.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        behind.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        behind.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return behind.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return behind.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return behind.isWrapperFor(type);
    }
}

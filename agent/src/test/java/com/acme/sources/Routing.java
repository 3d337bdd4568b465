package com.acme.sources;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Asks another data source at each call, in turn. */
final class Routing implements DataSource {

    private final DataSource[] targets;
    private int next;

    Routing(DataSource... targets) {
        this.targets = targets;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return targets[next++ % targets.length].getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return targets[next++ % targets.length].getConnection(user, password);
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}

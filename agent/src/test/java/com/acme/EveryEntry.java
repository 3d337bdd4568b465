package com.acme;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Takes a connection in every way there is: a DataSource first, so that DriverManager loads after it. */
public final class EveryEntry implements DataSource {

    private static final String URL = "jdbc:h2:mem:every";

    public static void main(String[] arguments) throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(URL);
        h2.getConnection().close();
        h2.getConnection("", "").close();
        h2.getXAConnection().close();
        h2.getPooledConnection().close();
        new EveryEntry().getConnection("", "").close();
        DriverManager.getConnection(URL).close();
        try {
            DriverManager.getConnection("jdbc:nobody:knows");
        } catch (SQLException expected) {
            System.out.println(expected.getMessage());
        }
        Driver driver = DriverManager.getDriver(URL);
        driver.connect(URL, new Properties()).close();
        DriverManager.deregisterDriver(driver);
        System.out.println("done");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return DriverManager.getConnection(URL);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
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
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}

package com.acme;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;

/** Data sources whose bodies are hard to weave, and classes that only look like some. */
public final class OddSources {

    public static final Connection CONNECTION = (Connection) Proxy.newProxyInstance(
            OddSources.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);

    private OddSources() {}

    /** The dull part of a data source. */
    public abstract static class Source implements DataSource {

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

    /** Several returns, loops, long and double variables, a lock. */
    public static final class Branching extends Source {

        private final Object lock = new Object();

        @Override
        public Connection getConnection() throws SQLException {
            return getConnection("", "");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            if (user == null) {
                return null;
            }
            long sum = 0;
            for (int i = 0; i < user.length(); i++) {
                double weight = i * 0.5;
                sum += (long) (user.charAt(i) * weight);
                if (sum > 1_000_000) {
                    return null;
                }
            }
            synchronized (lock) {
                if (user.equals("a")) {
                    return CONNECTION;
                }
                for (long l = sum; l > sum - 3; l--) {
                    if (l < -3) {
                        throw new SQLException("negative");
                    }
                }
            }
            return CONNECTION;
        }
    }

    /** Never returns. */
    public static final class Failing extends Source {

        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("refused");
        }

        @Override
        @SuppressWarnings("Finally")
        public Connection getConnection(String user, String password) throws SQLException {
            try {
                return getConnectionOrFail();
            } catch (SQLException refused) {
                throw new IllegalArgumentException(refused);
            } finally {
                if (user != null) {
                    throw new IllegalStateException("after finally");
                }
            }
        }

        private static Connection getConnectionOrFail() throws SQLException {
            throw new SQLException("refused");
        }
    }

    /** Is refused the first time, and makes a mess of its arguments; remembers them. */
    public static final class Narrow extends Source {

        private final List<String> asked = new ArrayList<>();

        @Override
        public Connection getConnection() throws SQLException {
            return getConnection(null, null);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            do {
                asked.add(user + " " + password);
                user = password;
                password = null;
            } while (password != null);
            if (asked.size() == 1) {
                throw new SQLException("no room");
            }
            return CONNECTION;
        }

        @Override
        public String toString() {
            return asked.toString();
        }
    }

    /** What {@link RawSource} can be cast to. */
    public interface Raw {
        XAConnection getXAConnection(String user, String password) throws SQLException;

        PooledConnection getPooledConnection() throws SQLException;
    }

    /** Makes connections for others to pool. */
    public static final class RawSource implements Raw {

        @Override
        public XAConnection getXAConnection(String user, String password) {
            return null;
        }

        @Override
        public PooledConnection getPooledConnection() throws SQLException {
            throw new SQLException("refused");
        }
    }

    /** Has the method, but is no data source. */
    public static final class NoSource {

        public Connection getConnection() {
            return CONNECTION;
        }
    }

    /** Only calls the method. */
    public static final class Caller {

        private Caller() {}

        public static Connection ask(DataSource source) throws SQLException {
            return source.getConnection();
        }
    }
}

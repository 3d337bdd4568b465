package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.Completed;
import dev.poolwright.bench.stub.StubDriver;
import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;

/** H2's own small pool, over a {@link ConnectionPoolDataSource} of the stub driver: the handles are not H2's. */
final class H2Rival implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        JdbcConnectionPool pool = JdbcConnectionPool.create(Connector.to(shape.url()));
        pool.setMaxConnections(shape.max());
        pool.setLoginTimeout((int) Math.max(1, shape.timeoutOr30Seconds() / 1000));
        return Rival.filled(Source.of(pool, pool::dispose), shape);
    }

    /** A physical connection, which tells H2's pool when its handle is closed. */
    private static final class Pooled implements PooledConnection {

        private final Connection raw;
        private @Nullable ConnectionEventListener listener;

        Pooled(Connection raw) {
            this.raw = raw;
        }

        @Override
        public Connection getConnection() {
            return Lent.of(this);
        }

        @Override
        public void close() throws SQLException {
            raw.close();
        }

        @Override
        public void addConnectionEventListener(ConnectionEventListener added) {
            listener = added;
        }

        @Override
        public void removeConnectionEventListener(ConnectionEventListener removed) {
            listener = null;
        }

        @Override
        public void addStatementEventListener(StatementEventListener added) {}

        @Override
        public void removeStatementEventListener(StatementEventListener removed) {}

        void handleClosed() {
            ConnectionEventListener told = listener;
            if (told != null) {
                told.connectionClosed(new ConnectionEvent(this));
            }
        }
    }

    /** Makes physical connections. */
    abstract static class Connector implements ConnectionPoolDataSource {

        private static final MethodHandle NEW = Completed.constructor(MethodHandles.lookup(), Connector.class);

        private String url = "";

        static Connector to(String url) {
            try {
                Connector connector = (Connector) NEW.invokeExact();
                connector.url = url;
                return connector;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PooledConnection getPooledConnection() throws SQLException {
            Connection raw = new StubDriver().connect(url, new Properties());
            if (raw == null) {
                throw new SQLException("the driver does not know its own URL");
            }
            return new Pooled(raw);
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLoginTimeout(int seconds) {}
    }

    /** One borrow. */
    abstract static class Lent extends RawHandle {

        private static final MethodHandle NEW = Completed.constructor(MethodHandles.lookup(), Lent.class);

        private @Nullable Pooled pooled;

        static Lent of(Pooled pooled) {
            try {
                Lent lent = (Lent) NEW.invokeExact();
                lent.pooled = pooled;
                lent.over(pooled.raw);
                return lent;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            Pooled mine = pooled;
            if (mine != null) {
                pooled = null;
                mine.handleClosed();
            }
        }
    }
}

package dev.poolwright.engine;

import dev.poolwright.jdbc.ConnectionOptions;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Engine} whose connections are set in some way when they are lent: read-only, with an isolation level. It has no
 * connections of its own: they are the engine's, in its counts and limits, and as they were when they come back.
 *
 * <p>Made by {@link Engine#withReadOnly} and {@link Engine#withIsolation}. Immutable and safe for any thread; needs no closing.
 * {@code getConnection} fails as the engine's does, and with the driver's own exception where it refuses what is to be set.
 */
public final class EngineView implements DataSource, AutoCloseable {

    private final Engine engine;
    private final ConnectionOptions options;

    EngineView(Engine engine, ConnectionOptions options) {
        this.engine = engine;
        this.options = options;
    }

    /** Whose connections these are. */
    public Engine engine() {
        return engine;
    }

    /** The same, and read-only. */
    public EngineView withReadOnly() {
        return new EngineView(engine, options.withReadOnly());
    }

    /**
     * The same with another isolation level.
     *
     * @param level one of the constants of {@link Connection}, or of the vendor's
     */
    public EngineView withIsolation(int level) {
        return new EngineView(engine, options.withIsolation(level));
    }

    @Override
    public Connection getConnection() throws SQLException {
        return set(engine.getConnection());
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return set(engine.getConnection(user, password));
    }

    /** Whether it is the same of the same engine: what is bound to one, a transaction of Spring's for instance, is found by the other. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EngineView
                && ((EngineView) other).engine == engine
                && ((EngineView) other).options.equals(options);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(engine) * 31 + options.hashCode();
    }

    /** As {@link Engine#getConnectionAsync()}. */
    public CompletableFuture<Connection> getConnectionAsync() {
        return getConnectionAsync(engine.completers());
    }

    /** As {@link Engine#getConnectionAsync(Executor)}; what is set is set on that executor. */
    public CompletableFuture<Connection> getConnectionAsync(Executor completesOn) {
        return engine.getConnectionAsync(completesOn, options);
    }

    private Connection set(Connection lent) throws SQLException {
        try {
            options.applyTo(lent);
            return lent;
        } catch (Throwable refused) {
            try {
                lent.close();
            } catch (SQLException | RuntimeException alsoFailed) {
                refused.addSuppressed(alsoFailed);
            }
            throw refused;
        }
    }

    /** As {@link Engine#inTransaction}. */
    public <T extends @Nullable Object, X extends Exception> T inTransaction(TransactionWork<T, X> work)
            throws SQLException, X {
        return engine.inTransaction(getConnection(), work);
    }

    /** As {@link Engine#useTransaction}. */
    public <X extends Exception> void useTransaction(TransactionAction<X> work) throws SQLException, X {
        this.<Boolean, X>inTransaction(connection -> {
            work.with(connection);
            return Boolean.TRUE; // nobody asks
        });
    }

    /** Does nothing: the connections are the engine's, which is closed by itself. */
    @Override
    public void close() {}

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return engine.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        engine.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        engine.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() {
        return engine.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return engine.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : engine.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this) || engine.isWrapperFor(type);
    }

    /** The engine and what is set, for people. */
    @Override
    public String toString() {
        return engine + " (" + options + ")";
    }
}

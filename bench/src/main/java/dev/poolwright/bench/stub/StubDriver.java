package dev.poolwright.bench.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers to {@code jdbc:stub:}. Its connections and statements are real classes: the methods that pools and benchmarks
 * call are written out, the other 200 are generated and throw.
 *
 * <p>Thread-safe.
 */
public final class StubDriver implements Driver {

    private static final String PREFIX = "jdbc:stub:";

    // Constant method handles: the compiler inlines them, so that opening costs what the constructor does.
    private static final MethodHandle NEW_CONNECTION = constructor(StubConnection.class);
    private static final MethodHandle NEW_STATEMENT = constructor(StubStatement.class);
    private static final MethodHandle NEW_RESULT_SET = constructor(StubResultSet.class);

    private static final LongAdder OPENED = new LongAdder();

    static {
        try {
            DriverManager.registerDriver(new StubDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For {@link DriverManager} and for pools that are given the class. */
    public StubDriver() {}

    /** The URL of a database to which connecting takes {@code micros} microseconds; 0 = nothing at all. */
    public static String url(long micros) {
        return PREFIX + micros;
    }

    /** How many connections were opened, in this JVM. */
    public static long opened() {
        return OPENED.sum();
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        OPENED.increment();
        if (url.length() != PREFIX.length() + 1 || url.charAt(PREFIX.length()) != '0') {
            pause(Long.parseLong(url, PREFIX.length(), url.length(), 10));
        }
        try {
            return (StubConnection) NEW_CONNECTION.invokeExact();
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }

    private static void pause(long micros) {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    static StubStatement newStatement() throws SQLException {
        try {
            return (StubStatement) NEW_STATEMENT.invokeExact();
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }

    static StubResultSet newResultSet() throws SQLException {
        try {
            return (StubResultSet) NEW_RESULT_SET.invokeExact();
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }

    private static MethodHandle constructor(Class<?> written) {
        return Completed.constructor(MethodHandles.lookup(), written);
    }
}

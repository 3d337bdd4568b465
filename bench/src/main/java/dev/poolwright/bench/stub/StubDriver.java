package dev.poolwright.bench.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.ExceptionMethod;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Answers to {@code jdbc:stub:}. Its connections and statements are real classes: the methods that pools and benchmarks
 * call are written out, the other 200 are generated and throw.
 *
 * <p>Thread-safe.
 */
public final class StubDriver implements Driver {

    /** The URL of the one database it has. */
    public static final String URL = "jdbc:stub:bench";

    // Constant method handles: the compiler inlines them, so that opening costs what the constructor does.
    private static final MethodHandle NEW_CONNECTION = constructor(StubConnection.class);
    private static final MethodHandle NEW_STATEMENT = constructor(StubStatement.class);

    static {
        try {
            DriverManager.registerDriver(new StubDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For {@link DriverManager} and for pools that are given the class. */
    public StubDriver() {}

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            return (StubConnection) NEW_CONNECTION.invokeExact();
        } catch (Throwable e) {
            throw new SQLException(e);
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:stub:");
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

    private static MethodHandle constructor(Class<?> written) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Class<?> complete = new ByteBuddy()
                .subclass(written)
                .name(written.getName() + "Complete")
                .method(ElementMatchers.isAbstract())
                .intercept(ExceptionMethod.throwing(UnsupportedOperationException.class))
                .make()
                .load(written.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
                .getLoaded();
        try {
            return lookup.findConstructor(complete, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(written));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}

package dev.poolwright.engine;

import dev.poolwright.engine.source.Connector;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects to H2 and counts how often each statement that its connections make is closed. */
final class WatchedDriver implements Connector {

    private final String url;
    private final List<Made> made = new CopyOnWriteArrayList<>();

    /** What {@code execute} does in place of the driver. */
    private volatile Runnable executing;

    WatchedDriver(String url) {
        this.url = url;
    }

    @Override
    public Connection connect() throws SQLException {
        Connection raw = DriverManager.getConnection(url);
        return (Connection) Proxy.newProxyInstance(
                WatchedDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(raw, method, arguments);
                    return result instanceof Statement statement ? watched(statement, (Connection) proxy) : result;
                });
    }

    /** From now on {@code execute} does this. */
    void executes(Runnable instead) {
        executing = instead;
    }

    /** How many statements were made and never closed. */
    long open() {
        return made.stream().filter(each -> each.closes.get() == 0).count();
    }

    /** How often the one was closed that was closed most often. */
    int mostCloses() {
        return made.stream().mapToInt(each -> each.closes.get()).max().orElse(0);
    }

    private Statement watched(Statement raw, Connection connection) {
        Made seen = new Made();
        made.add(seen);
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                seen.closes.incrementAndGet();
            }
            Runnable instead = executing;
            if (method.getName().equals("execute") && instead != null) {
                instead.run();
                return false;
            }
            if (method.getName().equals("getConnection")) {
                return connection;
            }
            Object result = call(raw, method, arguments);
            return result instanceof ResultSet rows ? ofStatement(rows, (Statement) proxy) : result;
        };
        Class<?> type = raw instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return (Statement) Proxy.newProxyInstance(WatchedDriver.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static ResultSet ofStatement(ResultSet raw, Statement statement) {
        return (ResultSet) Proxy.newProxyInstance(
                WatchedDriver.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getStatement") ? statement : call(raw, method, arguments));
    }

    private static Object call(Object raw, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static final class Made {

        private final AtomicInteger closes = new AtomicInteger();
    }
}

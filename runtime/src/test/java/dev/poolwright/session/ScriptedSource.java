package dev.poolwright.session;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source whose connections fail as told, after the driver did what it was asked, or instead of it. */
final class ScriptedSource {

    private final DataSource behind;
    private final Map<String, Throwable> instead = new HashMap<>();

    /** How many calls for a connection are refused; counts down with each. */
    final AtomicInteger refusals = new AtomicInteger();

    /** What was called of connections, in order. */
    final List<String> calls = new ArrayList<>();

    ScriptedSource(DataSource behind) {
        this.behind = behind;
    }

    ScriptedSource failsInsteadOf(String method, Throwable failure) {
        instead.put(method, failure);
        return this;
    }

    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                throw new UnsupportedOperationException(method.getName());
            }
            if (refusals.getAndDecrement() > 0) {
                throw new SQLException("no connection today", "08001");
            }
            return scripted(behind.getConnection());
        });
    }

    private Connection scripted(Connection raw) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            String call = method.getName()
                    + (arguments != null && method.getName().equals("setAutoCommit") ? " " + arguments[0] : "");
            calls.add(call);
            Throwable failure = instead.get(call);
            if (failure != null) {
                throw failure;
            }
            try {
                return method.invoke(raw, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(ScriptedSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static SQLException broken() {
        return new SQLException("scripted", "08006");
    }
}

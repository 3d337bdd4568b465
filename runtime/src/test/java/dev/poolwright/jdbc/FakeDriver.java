package dev.poolwright.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A driver whose connections remember what is set and can be told to fail; made of proxies, so of a hidden class. */
final class FakeDriver extends OnlyConnects {

    private final String url;
    private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failing = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<String, Runnable> returning = new ConcurrentHashMap<>();
    private final Map<String, Runnable> entering = new ConcurrentHashMap<>();
    private final List<CountDownLatch> answered = new CopyOnWriteArrayList<>();
    private volatile String greeting = "";
    private volatile boolean invalid;
    private volatile List<String> record;

    private FakeDriver(String name) {
        super("jdbc:fake:" + name);
        this.url = "jdbc:fake:" + name;
    }

    static FakeDriver register(String name) {
        FakeDriver driver = new FakeDriver(name);
        try {
            DriverManager.registerDriver(driver);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
        return driver;
    }

    void deregister() throws SQLException {
        DriverManager.deregisterDriver(this);
    }

    String url() {
        return url;
    }

    long calls(String method) {
        AtomicLong count = calls.get(method);
        return count == null ? 0 : count.get();
    }

    long calls() {
        return calls.values().stream().mapToLong(AtomicLong::get).sum();
    }

    void failOn(String method) {
        failOn(method, "HY000");
    }

    void failOn(String method, String state) {
        failing.put(method, new SQLException(method + " fails", state));
    }

    /** No call fails any more. */
    void recovers() {
        failing.clear();
    }

    /** As if the driver were older than {@code method}. */
    void lacks(String method) {
        failing.put(method, new AbstractMethodError(method));
    }

    /** Calls of {@code method} wait until the connection is aborted, and then fail. */
    void hangOn(String method) {
        hanging.put(method, new CountDownLatch(1));
    }

    /** Ends what {@link #hangOn} began; those that hang go on. */
    void answers(String method) {
        CountDownLatch hangs = hanging.remove(method);
        if (hangs != null) {
            answered.add(hangs);
            hangs.countDown();
        }
    }

    /** Connections made from now on have a warning. */
    void greetsWith(String warning) {
        greeting = warning;
    }

    /** From now on no connection is valid. */
    void invalidate() {
        invalid = true;
    }

    /** Runs {@code then} when a call of {@code method} has done its work and has not yet returned. */
    void beforeReturn(String method, Runnable then) {
        returning.put(method, then);
    }

    /** Runs {@code first} when the next call of {@code method} has arrived and has not yet done anything. */
    void beforeNext(String method, Runnable first) {
        entering.put(method, first);
    }

    void record() {
        record = new CopyOnWriteArrayList<>();
    }

    List<String> recorded() {
        return record;
    }

    @Override
    Connection open() {
        return (Connection) Proxy.newProxyInstance(
                FakeDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, new FakeConnection());
    }

    private final class FakeConnection implements InvocationHandler {

        private final Map<String, Object> properties = new HashMap<>();
        private boolean closed;

        FakeConnection() {
            properties.put("AutoCommit", true);
            properties.put("ReadOnly", false);
            properties.put("TransactionIsolation", Connection.TRANSACTION_READ_COMMITTED);
            properties.put("Catalog", "catalog");
            properties.put("Schema", "schema");
            properties.put("Holdability", ResultSet.HOLD_CURSORS_OVER_COMMIT);
            properties.put("TypeMap", new HashMap<String, Class<?>>());
            properties.put("NetworkTimeout", 0);
            properties.put("ClientInfo", new Properties());
            properties.put("Warnings", greeting.isEmpty() ? null : new SQLWarning(greeting, "01000", 5701));
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String name = method.getName();
            if (method.getDeclaringClass() == Object.class) {
                return name.equals("hashCode")
                        ? System.identityHashCode(proxy)
                        : name.equals("equals") ? proxy == arguments[0] : "fake connection";
            }
            calls.computeIfAbsent(name, n -> new AtomicLong()).incrementAndGet();
            if (record != null) {
                record.add(name + "("
                        + (arguments == null
                                ? ""
                                : Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(", ")))
                        + ")");
            }
            Throwable failure = failing.get(name);
            if (failure != null) {
                throw failure;
            }
            CountDownLatch aborted = hanging.get(name);
            if (aborted != null) {
                aborted.await();
                if (!answered.contains(aborted)) {
                    throw new SQLException("aborted", "08006");
                }
            }
            Runnable first = entering.remove(name);
            if (first != null) {
                first.run();
            }
            Object result = answer(name, arguments);
            returning.getOrDefault(name, () -> {}).run();
            return result;
        }

        private void warn(SQLWarning warning) {
            SQLWarning first = (SQLWarning) properties.get("Warnings");
            if (first == null) {
                properties.put("Warnings", warning);
            } else {
                first.setNextWarning(warning);
            }
        }

        private Object answer(String name, Object[] arguments) {
            switch (name) {
                case "close":
                    closed = true;
                    return null;
                case "abort":
                    closed = true;
                    hanging.values().forEach(CountDownLatch::countDown);
                    return null;
                case "isClosed":
                    return closed;
                case "isValid":
                    return !closed && !invalid;
                case "setClientInfo":
                    Properties info = new Properties();
                    if (arguments.length == 1) {
                        info.putAll((Properties) arguments[0]);
                    } else {
                        info.put(arguments[0], arguments[1]);
                    }
                    properties.put("ClientInfo", info);
                    return null;
                case "clearWarnings":
                    properties.put("Warnings", null);
                    return null;
                case "createStatement":
                    warn(new SQLWarning("no such statement", "01J02"));
                    return null;
                case "setNetworkTimeout":
                    properties.put("NetworkTimeout", arguments[1]);
                    return null;
                default:
                    String property = name.replaceFirst("^(get|is|set)", "");
                    if (name.startsWith("set") && properties.containsKey(property)) {
                        properties.put(property, arguments[0]);
                        return null;
                    }
                    return properties.get(property);
            }
        }
    }
}

package com.acme.pools;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import com.acme.pools.OpenPool.Setup;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** One pool's life in an application. */
final class Use {

    private static final int THREADS = 2;
    private static final int TRANSACTIONS = 5;

    private final Server server;
    private final String name;
    private final Setup setup;
    private final Connection watching;
    private final Script script;

    private OpenPool pool;
    private Connection keptForLong;

    Use(Server server, String name, Setup setup, Connection watching) {
        this.server = server;
        this.name = name;
        this.setup = setup;
        this.watching = watching;
        this.script = new Script(name);
    }

    void begin() throws Exception {
        Database.execute(watching, "insert into tally values ('" + name + "', 0)");
        script.step("opened", () -> {
            pool = setup.open(server, name);
            return pool.source().getClass().getName();
        });
        script.step("as a data source", () -> {
            return pool.source() instanceof DataSource source
                    ? source.isWrapperFor(source.getClass()) + " " + source.isWrapperFor(Runnable.class)
                    : "it is none";
        });
        script.step("two threads", this::work);
        script.step("on the server when they are gone", () -> Server.connectionsOnce(watching, name, THREADS));
        script.step("closed without a commit", this::leaveUncommitted);
        script.step("what the pool holds", () -> holds(pool));
        script.step("what it hands out", this::handedOut);
        keptForLong = pool.take();
        script.step("kept for long", () -> Database.value(keptForLong, "select 'begun'"));
    }

    /** Several threads with a connection each at the same time: what the server has then. */
    private Object work() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS + 1);
        List<FutureTask<Object>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(started(() -> {
                try (Connection connection = pool.take()) {
                    together.await(20, TimeUnit.SECONDS);
                    together.await(20, TimeUnit.SECONDS);
                    return connection.isClosed();
                } finally {
                    count();
                }
            }));
        }
        together.await(20, TimeUnit.SECONDS);
        List<Object> results = new ArrayList<>();
        results.add(Server.connectionsOnce(watching, name, THREADS));
        together.await(20, TimeUnit.SECONDS);
        for (FutureTask<Object> thread : threads) {
            results.add(thread.get());
        }
        return results;
    }

    private void count() throws Exception {
        for (int i = 0; i < TRANSACTIONS; i++) {
            try (Connection connection = pool.take()) {
                connection.setAutoCommit(false);
                Database.execute(connection, "update tally set n = n + 1 where pool = '" + name + "'");
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }

    private Object leaveUncommitted() throws Exception {
        try (Connection connection = pool.take()) {
            connection.setAutoCommit(false);
            Database.execute(connection, "update tally set n = n + 1000 where pool = '" + name + "'");
        }
        try (Connection connection = pool.take()) {
            return connection.getAutoCommit();
        }
    }

    /** Its class, which programs cast to, and what it says it wraps. */
    private Object handedOut() throws Exception {
        try (Connection connection = pool.take()) {
            Class<?> type = connection.getClass();
            return List.of(
                    Proxy.isProxyClass(type) ? Arrays.toString(type.getInterfaces()) : nameOf(type),
                    type.isInstance(connection.unwrap(Connection.class)),
                    connection.isWrapperFor(Connection.class),
                    connection.isWrapperFor(Runnable.class));
        }
    }

    /** Of one that is generated, what it is: Proxool's names its classes after the first of a set of interfaces, whichever that is. */
    private static String nameOf(Class<?> type) {
        String name = type.getName();
        return name.startsWith("$") || name.contains("$$")
                ? "generated: "
                        + Arrays.stream(type.getInterfaces())
                                .map(Class::getName)
                                .sorted()
                                .toList()
                : name;
    }

    private static Object holds(OpenPool pool) throws Exception {
        try (Connection connection = pool.take()) {
            Class<?> held = pool.within().of(connection).getClass();
            return Proxy.isProxyClass(held) ? Arrays.toString(held.getInterfaces()) : held.getName();
        }
    }

    /** The application has connections of its own to the same database as the same user: the pool gets none of those. */
    void besideTheApplicationsOwn() {
        String beside = name + " beside";
        new Script(beside).step("what the pool holds", () -> {
            for (int i = 0; i < 2; i++) {
                server.connect(beside).close();
                server.source(beside).getConnection().close();
            }
            OpenPool second = setup.open(server, beside);
            Object holds = holds(second);
            second.end().close();
            return holds;
        });
    }

    /** After all the other pools have been at work. */
    void end() {
        script.step("used after long, closed elsewhere", () -> {
            FutureTask<Object> other = started(() -> {
                Object value = Database.value(keptForLong, "select 'ended'");
                keptForLong.close();
                return value;
            });
            return other.get();
        });
        script.step("as many as before", () -> Server.connections(watching, name));
        script.step("shut down", () -> {
            pool.end().close();
            return Server.connectionsOnce(watching, name, 0);
        });
    }

    private static FutureTask<Object> started(Callable<Object> work) {
        FutureTask<Object> task = new FutureTask<>(work);
        new Thread(task).start();
        return task;
    }
}

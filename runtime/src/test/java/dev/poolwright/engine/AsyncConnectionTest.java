package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.config.PoolKind;
import dev.poolwright.event.ConnectionListener;
import dev.poolwright.event.ConnectionRejectedException;
import dev.poolwright.event.Leak;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections for those who do not wait with a thread. */
@Timeout(120)
class AsyncConnectionTest {

    private static final String URL = "jdbc:h2:mem:async;DB_CLOSE_DELAY=-1";

    private final List<Engine> engines = new ArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);

    private Engine engine(EngineBuilder builder) {
        Engine built = builder.build();
        engines.add(built);
        return built;
    }

    private Engine of(int size) {
        return engine(Engine.builder(URL).size(size).overflow(0));
    }

    @AfterEach
    void nothing_is_lost() throws Exception {
        hanging.countDown();
        for (Engine engine : engines) {
            eventually(() -> assertThat(engine.stats().leased()).isZero());
            engine.close();
            eventually(() ->
                    assertThat(engine.stats().opened()).isEqualTo(engine.stats().closed()));
            assertThat(engine.accidents()).isZero();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void eventually(Runnable assertion) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (; ; ) {
            try {
                assertion.run();
                return;
            } catch (AssertionError notYet) {
                if (System.nanoTime() - end > 0) {
                    throw notYet;
                }
                Thread.yield();
            }
        }
    }

    private static void awaitWaiting(Engine engine, int count) {
        eventually(() -> assertThat(engine.stats().waiting()).isEqualTo(count));
    }

    private static Connection get(CompletableFuture<Connection> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Throwable failure(CompletableFuture<Connection> future) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ThrowingCallable get = () -> get(future);
        assertThatThrownBy(get).isInstanceOf(ExecutionException.class).satisfies(e -> failure.set(e.getCause()));
        return failure.get();
    }

    @Test
    void are_completed_on_the_executor_whether_one_is_idle_or_not() throws Exception {
        Engine engine = of(1);
        ExecutorService mine = Executors.newSingleThreadExecutor(work -> new Thread(work, "mine"));
        try {
            for (int i = 0; i < 2; i++) { // opened, then idle
                CountDownLatch attached = new CountDownLatch(1);
                mine.execute(() -> awaitUninterruptibly(attached));
                CompletableFuture<String> on = engine.getConnectionAsync(mine).thenApply(connection -> {
                    close(connection);
                    return Thread.currentThread().getName();
                });
                attached.countDown();
                assertThat(on.get(30, TimeUnit.SECONDS)).isEqualTo("mine");
            }
        } finally {
            mine.shutdown();
        }
        get(engine.getConnectionAsync()).close();
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void ten_thousand_wait_without_a_thread_each() throws Exception {
        Engine engine = of(5);
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(engine.getConnection());
        }
        int before = ourThreads().size();
        AtomicInteger lent = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add(engine.getConnectionAsync().thenAccept(connection -> {
                most.accumulateAndGet(lent.incrementAndGet(), Math::max);
                served.incrementAndGet();
                lent.decrementAndGet();
                close(connection);
            }));
        }
        awaitWaiting(engine, 10_000);
        assertThat(served).hasValue(0);
        eventually(() -> assertThat(ourThreads().size() - before).isLessThan(10));
        held.forEach(AsyncConnectionTest::close);
        int mostThreads = 0;
        for (CompletableFuture<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
            if (served.get() % 100 == 0) {
                mostThreads = Math.max(mostThreads, ourThreads().size());
            }
        }
        assertThat(served).hasValue(10_000);
        assertThat(most).hasValueBetween(1, 5);
        assertThat(engine.stats().opened()).isEqualTo(5);
        assertThat(mostThreads - before).isLessThan(80); // 64 of them complete
    }

    /** In the whole JVM: they are in the root group, which {@code Thread.activeCount()} does not count. */
    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("poolwright-"))
                .toList();
    }

    @Test
    void are_served_in_the_order_of_their_calls_among_threads_that_wait() throws Exception {
        Engine engine = of(1);
        Connection held = engine.getConnection();
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<?>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            if (i % 2 == 0) {
                futures.add(engine.getConnectionAsync().thenAccept(connection -> {
                    order.add(number);
                    close(connection);
                }));
            } else {
                Thread waits = new Thread(() -> {
                    try {
                        Connection connection = engine.getConnection();
                        order.add(number);
                        connection.close();
                    } catch (SQLException failure) {
                        throw new IllegalStateException(failure);
                    }
                });
                waits.start();
                threads.add(waits);
            }
            awaitWaiting(engine, i + 1);
        }
        long starving = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        while (System.nanoTime() - starving < 0) {
            Thread.onSpinWait(); // who has waited for 5 ms is handed what comes back
        }
        held.close();
        for (Thread thread : threads) {
            thread.join();
        }
        CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
        assertThat(order).hasSize(20).isSorted();
    }

    @Test
    void cancelled_give_up_their_place() throws Exception {
        Engine engine = of(1);
        Connection held = engine.getConnection();
        CompletableFuture<Connection> first = engine.getConnectionAsync();
        CompletableFuture<Connection> second = engine.getConnectionAsync();
        awaitWaiting(engine, 2);
        assertThat(first.cancel(false)).isTrue();
        awaitWaiting(engine, 1);
        held.close();
        get(second).close();
    }

    /** Whatever is faster: each connection is either the caller's or the engine's. */
    @Test
    void cancelled_at_the_moment_of_their_completion_lose_nothing() throws Exception {
        Engine engine = of(2);
        ExecutorService cancellers = Executors.newFixedThreadPool(2);
        AtomicInteger got = new AtomicInteger();
        AtomicInteger gone = new AtomicInteger();
        int rounds = 4_000;
        CountDownLatch ended = new CountDownLatch(rounds);
        try {
            for (int i = 0; i < rounds; i++) {
                int spins = i % 200;
                CompletableFuture<Connection> future = engine.getConnectionAsync();
                CompletableFuture<Connection> unused = future.whenComplete((connection, failure) -> {
                    if (connection == null) {
                        gone.incrementAndGet();
                    } else {
                        got.incrementAndGet();
                        close(connection);
                    }
                    ended.countDown();
                });
                cancellers.execute(() -> {
                    for (int spin = 0; spin < spins; spin++) {
                        Thread.onSpinWait();
                    }
                    future.cancel(false);
                });
            }
            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            cancellers.shutdown();
        }
        eventually(() -> assertThat(engine.stats().leased()).isZero());
        awaitWaiting(engine, 0);
        assertThat(got.get() + gone.get()).isEqualTo(rounds);
        assertThat(got).hasPositiveValue();
        assertThat(gone).hasPositiveValue();
        Connection one = get(engine.getConnectionAsync());
        Connection two = get(engine.getConnectionAsync());
        one.close();
        two.close();
    }

    /** Threads, futures, cancellations and timeouts on few connections: in the end none is missing and nobody waits. */
    @Test
    void mixed_with_threads_and_timeouts_lose_nothing() throws Exception {
        Engine engine = engine(Engine.builder(URL).size(2).overflow(1).checkoutTimeout(Duration.ofMillis(20)));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger got = new AtomicInteger();
        AtomicInteger late = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(8 * 500);
        try {
            for (int t = 0; t < 8; t++) {
                int kind = t;
                threads.execute(() -> {
                    for (int i = 0; i < 500; i++) {
                        if (kind < 3) {
                            try {
                                engine.getConnection().close();
                                got.incrementAndGet();
                            } catch (SQLException timeout) {
                                late.incrementAndGet();
                            }
                            ended.countDown();
                            continue;
                        }
                        CompletableFuture<Connection> future = engine.getConnectionAsync();
                        CompletableFuture<Connection> unused = future.whenComplete((connection, failure) -> {
                            if (connection == null) {
                                late.incrementAndGet();
                            } else {
                                got.incrementAndGet();
                                close(connection);
                            }
                            ended.countDown();
                        });
                        if (kind == 7) {
                            future.cancel(false);
                        } else if (kind == 6) {
                            future.completeExceptionally(new IllegalStateException("no longer needed"));
                        }
                    }
                });
            }
            assertThat(ended.await(90, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdown();
        }
        assertThat(got).hasPositiveValue();
        awaitWaiting(engine, 0);
        eventually(() -> assertThat(engine.stats().leased()).isZero());
        List<Connection> all = new ArrayList<>(); // no place is lost
        for (int tries = 0; all.size() < 3 && tries < 500; tries++) {
            try {
                all.add(engine.getConnection());
            } catch (SQLTransientConnectionException slow) {
                // One may have to be opened, which may take longer than these 20 ms.
            }
        }
        assertThat(all).hasSize(3);
        assertThat(failure(engine.getConnectionAsync())).hasMessageContaining("PW-101");
        all.forEach(AsyncConnectionTest::close);
    }

    @Test
    void fail_when_the_checkout_timeout_is_over() throws Exception {
        Engine engine = engine(Engine.builder(URL).size(1).overflow(0).checkoutTimeout(Duration.ofMillis(300)));
        Connection held = engine.getConnection();
        long start = System.nanoTime();
        Throwable failure = failure(engine.getConnectionAsync());
        assertThat(failure)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("PW-101")
                .hasMessageContaining("1 leased")
                .hasFieldOrPropertyWithValue("SQLState", "08001");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThanOrEqualTo(299L);
        held.close();
    }

    @Test
    void fail_when_the_engine_is_closed_and_not_when_it_is_disposed_of() throws Exception {
        Engine engine = of(1);
        Connection held = engine.getConnection();
        CompletableFuture<Connection> future = engine.getConnectionAsync();
        awaitWaiting(engine, 1);
        engine.dispose();
        assertThat(future).isNotDone();
        engine.close();
        assertThat(failure(future))
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .hasMessageContaining("PW-102")
                .hasFieldOrPropertyWithValue("SQLState", "08003");
        assertThat(failure(engine.getConnectionAsync())).hasMessageContaining("PW-102");
        held.close();
    }

    @Test
    void block_nobody_while_a_connection_is_being_opened() throws Exception {
        Engine engine = engine(Engine.builder(URL)
                .size(1)
                .overflow(0)
                .checkoutTimeout(Duration.ofSeconds(20))
                .connector(() -> {
                    awaitUninterruptibly(hanging);
                    return DriverManager.getConnection(URL);
                }));
        CompletableFuture<Connection> first = engine.getConnectionAsync();
        CompletableFuture<Connection> second = engine.getConnectionAsync();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        hanging.countDown();
        get(first).close();
        get(second).close();
        assertThat(engine.stats().opened()).isEqualTo(1);
    }

    @Test
    void fail_with_the_driver_s_own_exception_and_the_next_one_is_served() throws Exception {
        SQLException refused = new SQLException("no", "28000", 7);
        AtomicInteger calls = new AtomicInteger();
        Engine engine = engine(Engine.builder(URL).size(1).overflow(0).connector(() -> {
            if (calls.incrementAndGet() == 1) {
                awaitUninterruptibly(hanging);
                throw refused;
            }
            return DriverManager.getConnection(URL);
        }));
        CompletableFuture<Connection> first = engine.getConnectionAsync();
        CompletableFuture<Connection> second = engine.getConnectionAsync();
        hanging.countDown();
        assertThat(failure(first)).isSameAs(refused);
        get(second).close();
    }

    @Test
    void that_an_executor_refuses_are_failed_and_the_connection_is_back() throws Exception {
        Engine engine = of(1);
        CompletableFuture<Connection> future = engine.getConnectionAsync(work -> {
            throw new RejectedExecutionException("full");
        });
        assertThat(failure(future)).isInstanceOf(RejectedExecutionException.class);
        eventually(() -> assertThat(engine.stats().idle()).isEqualTo(1));
    }

    @Test
    void are_shown_to_listeners_and_may_be_rejected() throws Exception {
        AtomicInteger rejections = new AtomicInteger(2);
        Engine engine = engine(Engine.builder(URL).size(1).overflow(0).connectionListener(new ConnectionListener() {
            @Override
            public void checkout(Connection connection) throws SQLException {
                if (rejections.getAndDecrement() > 0) {
                    throw new ConnectionRejectedException("not this one");
                }
            }
        }));
        get(engine.getConnectionAsync()).close();
        assertThat(engine.stats().opened()).isEqualTo(3);
        rejections.set(3);
        assertThat(failure(engine.getConnectionAsync())).hasMessageContaining("PW-107");
    }

    @Test
    void of_a_view_are_set() throws Exception {
        Engine engine = of(1);
        try (Connection connection =
                get(engine.withIsolation(Connection.TRANSACTION_SERIALIZABLE).getConnectionAsync())) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        }
        try (Connection connection = get(engine.getConnectionAsync())) {
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void of_pools_of_every_kind_come_or_are_refused_by_its_rules() throws Exception {
        Engine none = engine(Engine.builder(URL).kind(PoolKind.NULL).checkoutTimeout(Duration.ofSeconds(20)));
        get(none.getConnectionAsync()).close();
        none.getConnectionAsync().cancel(false);
        Engine one = engine(Engine.builder(URL).kind(PoolKind.STATIC));
        Connection held = get(one.getConnectionAsync());
        CompletableFuture<Connection> next = one.getConnectionAsync();
        awaitWaiting(one, 1);
        held.close();
        get(next).close();
        Engine single = engine(Engine.builder(URL).kind(PoolKind.ASSERTION));
        Connection first = get(single.getConnectionAsync());
        assertThat(failure(single.getConnectionAsync())).hasMessageContaining("PW-105");
        first.close();
        get(single.getConnectionAsync()).close();
    }

    @Test
    void without_a_pool_that_open_for_too_long_time_out() throws Exception {
        Engine none = engine(Engine.builder(URL)
                .withoutPool()
                .checkoutTimeout(Duration.ofMillis(200))
                .connector(() -> {
                    awaitUninterruptibly(hanging);
                    return DriverManager.getConnection(URL);
                }));
        assertThat(failure(none.getConnectionAsync())).hasMessageContaining("PW-101");
        hanging.countDown();
    }

    @Test
    void that_nobody_picks_up_are_reclaimed_and_told_of_the_thread_that_asked() throws Exception {
        List<Leak> leaks = new CopyOnWriteArrayList<>();
        Engine engine =
                engine(Engine.builder(URL).size(1).overflow(0).traceLeaks(true).leaks(leaks::add));
        forget(engine);
        eventually(() -> {
            System.gc();
            assertThat(leaks).hasSize(1);
        });
        assertThat(leaks.get(0).thread()).isEqualTo(Thread.currentThread().getName());
    }

    private static void forget(Engine engine) throws Exception {
        assertThat(get(engine.getConnectionAsync()).isClosed()).isFalse();
    }

    @Test
    void wait_while_the_engine_is_suspended() throws Exception {
        Engine engine = of(1);
        engine.getConnection().close();
        engine.suspend();
        CompletableFuture<Connection> future = engine.getConnectionAsync();
        awaitWaiting(engine, 1);
        assertThat(future).isNotDone();
        engine.resume();
        get(future).close();
    }
}

package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.Fixture;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What executors may do to those who wait for a connection without a thread: run in the caller, block, refuse, come late. */
@Timeout(60)
class AsyncExecutorTest {

    private static final String URL = "jdbc:h2:mem:executors;DB_CLOSE_DELAY=-1";

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
            Fixture.eventually(() -> engine.stats().leased() == 0);
            engine.close();
            Fixture.eventually(() -> engine.stats().opened() == engine.stats().closed());
        }
    }

    private void hang() {
        try {
            hanging.await();
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Connection get(CompletableFuture<Connection> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private static Throwable failure(CompletableFuture<Connection> future) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        ThrowingCallable get = () -> get(future);
        assertThatThrownBy(get).isInstanceOf(ExecutionException.class).satisfies(e -> failure.set(e.getCause()));
        return failure.get();
    }

    /** As a crew does that cannot start a thread: it throws, and another of its threads comes to it later. */
    @Test
    void that_queue_what_they_refuse_end_it_once() throws Exception {
        Engine engine = of(1);
        BlockingQueue<Runnable> kept = new LinkedBlockingQueue<>();
        CompletableFuture<Connection> refused = engine.getConnectionAsync(work -> {
            kept.add(work);
            throw new OutOfMemoryError("no thread");
        });
        assertThat(failure(refused)).isInstanceOf(OutOfMemoryError.class);
        Fixture.eventually(() -> engine.stats().idle() == 1);
        Connection mine = engine.getConnection();
        kept.take().run();
        assertThat(engine.stats().leased()).isEqualTo(1);
        CompletableFuture<Connection> next = engine.getConnectionAsync();
        Fixture.eventually(() -> engine.stats().waiting() == 1);
        assertThat(next).isNotDone();
        mine.close();
        get(next).close();
    }

    @Test
    void that_run_in_the_caller_block_nobody_else() throws Exception {
        int blocked = 4; // two threads hand over
        Engine engine = of(blocked + 1);
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i <= blocked; i++) {
            held.add(engine.getConnection());
        }
        AtomicInteger reached = new AtomicInteger();
        List<CompletableFuture<?>> blocking = new ArrayList<>();
        for (int i = 0; i < blocked; i++) {
            blocking.add(engine.getConnectionAsync(Runnable::run).thenAccept(connection -> {
                reached.incrementAndGet();
                hang();
                close(connection);
            }));
        }
        for (int i = 0; i < blocked; i++) {
            held.get(i).close();
        }
        Fixture.eventually(() -> reached.get() == blocked);
        CompletableFuture<Connection> other = engine.getConnectionAsync();
        Fixture.eventually(() -> engine.stats().waiting() == 1);
        held.get(blocked).close();
        get(other).close();
        engine.getConnection().close();
        hanging.countDown();
        CompletableFuture.allOf(blocking.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void are_called_by_none_of_those_who_serve_others_nor_by_who_asks() throws Exception {
        List<String> callers = new CopyOnWriteArrayList<>();
        Executor inTheCaller = work -> {
            callers.add(Thread.currentThread().getName());
            work.run();
        };
        Engine engine = of(1);
        get(engine.getConnectionAsync(inTheCaller)).close(); // opened
        Connection held = get(engine.getConnectionAsync(inTheCaller)); // idle
        CompletableFuture<Connection> handed = engine.getConnectionAsync(inTheCaller);
        Fixture.eventually(() -> engine.stats().waiting() == 1);
        held.close();
        get(handed).close();
        engine.close();
        assertThat(failure(engine.getConnectionAsync(inTheCaller))).hasMessageContaining("PW-102");
        Engine slow = engine(Engine.builder(URL)
                .withoutPool()
                .checkoutTimeout(Duration.ofMillis(50))
                .connector(() -> {
                    hang();
                    return DriverManager.getConnection(URL);
                }));
        assertThat(failure(slow.getConnectionAsync(inTheCaller))).hasMessageContaining("PW-101");
        assertThat(callers).hasSize(5).allMatch(name -> name.startsWith("poolwright-async"));
    }

    @Test
    void that_come_when_the_time_is_over_fail_it_and_the_connection_is_back() throws Exception {
        DriverManager.getConnection(URL).close(); // the first of a JVM takes longer
        Engine engine = engine(Engine.builder(URL).size(1).overflow(0).checkoutTimeout(Duration.ofMillis(500)));
        BlockingQueue<Runnable> kept = new LinkedBlockingQueue<>();
        CompletableFuture<Connection> late = engine.getConnectionAsync(kept::add);
        Runnable work = kept.take();
        assertThat(failure(engine.getConnectionAsync())).hasMessageContaining("PW-101"); // asked later
        work.run();
        assertThat(failure(late))
                .hasMessageContaining("no connection within 500 ms")
                .hasMessageContaining("executor")
                .hasMessageContaining("PW-101")
                .hasFieldOrPropertyWithValue("SQLState", "08001");
        assertThat(engine.stats().idle()).isEqualTo(1);
    }

    @Test
    void hear_what_a_connector_throws_though_it_does_not_declare_it() {
        IOException undeclared = new IOException("no tunnel");
        Engine engine = engine(Engine.builder(URL).size(1).overflow(0).connector(() -> {
            throw AsyncExecutorTest.<RuntimeException>undeclared(undeclared);
        }));
        assertThat(failure(engine.getConnectionAsync())).isSameAs(undeclared);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X undeclared(Throwable thrown) throws X {
        throw (X) thrown;
    }
}

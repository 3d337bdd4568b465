package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import dev.poolwright.pool.Slot;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that is taken away while its holder calls, closes or does nothing. */
class StillnessTest {

    private static final int SCHEDULES = 20_000;

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger violations = new AtomicInteger();
    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicReference<Runnable> duringCall = new AtomicReference<>(() -> {});
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final OnlyConnects driver = driver("jdbc:still:");
    private final OnlyConnects oracle = driver("jdbc:oracle:still:");

    private OnlyConnects driver(String url) {
        return new OnlyConnects(url) {
            @Override
            Connection open() {
                return connection();
            }
        };
    }

    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(driver);
        DriverManager.registerDriver(oracle);
    }

    @AfterEach
    void deregister() throws SQLException {
        DriverManager.deregisterDriver(driver);
        DriverManager.deregisterDriver(oracle);
    }

    /** Notices a call to it after its close, and a close during a call. */
    private Connection connection() {
        opened.incrementAndGet();
        AtomicBoolean gone = new AtomicBoolean();
        AtomicBoolean manual = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "nativeSQL":
                            inFlight.incrementAndGet();
                            duringCall.get().run();
                            violations.addAndGet(gone.get() ? 1 : 0);
                            inFlight.decrementAndGet();
                            return "";
                        case "rollback":
                        case "commit":
                            calls.add(method.getName());
                            return null;
                        case "setAutoCommit":
                            manual.set(!(Boolean) arguments[0]);
                            return null;
                        case "getAutoCommit":
                            return !manual.get();
                        case "close":
                            calls.add("close");
                            if (gone.compareAndSet(false, true)) {
                                closed.incrementAndGet();
                            }
                            return null;
                        case "isClosed":
                            return gone.get();
                        case "isValid":
                            return true;
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        case "equals":
                            return proxy == arguments[0];
                        default:
                            return null;
                    }
                });
    }

    private static Engine engine() {
        return Engine.builder("jdbc:still:")
                .size(1)
                .overflow(0)
                .checkoutTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static boolean take(ConnectionHandle handle, long activity) {
        return handle.takeAway(new TakenAway(null, 1, 0), activity);
    }

    @Test
    void takes_nothing_from_a_call() throws Exception {
        try (Engine engine = engine();
                Connection connection = engine.getConnection()) {
            ConnectionHandle handle = (ConnectionHandle) connection;
            duringCall.set(() -> assertThat(take(handle, handle.activity())).isFalse());
            handle.nativeSQL("");

            assertThat(connection.isClosed()).isFalse();
            assertThat(violations).hasValue(0);
        }
    }

    @Test
    void takes_nothing_from_whoever_has_called_since_the_look() throws Exception {
        try (Engine engine = engine();
                Connection connection = engine.getConnection()) {
            ConnectionHandle handle = (ConnectionHandle) connection;
            long looked = handle.activity();
            handle.nativeSQL("");
            assertThat(take(handle, looked)).isFalse();

            handle.nativeSQL("");
            assertThat(connection.isClosed()).isFalse();
            assertThat(take(handle, handle.activity())).isTrue();
            CheckIn.reclaim(handle);
            assertThat(engine.stats().leased()).isZero();
        }
    }

    @Test
    void blames_nobody_who_has_closed() throws Exception {
        try (Engine engine = engine()) {
            ConnectionHandle handle = (ConnectionHandle) engine.getConnection();
            handle.close();
            assertThat(take(handle, handle.activity())).isFalse();
            assertThat(engine.stats().idle()).isEqualTo(1);
            try {
                handle.commit();
            } catch (SQLException closed) {
                assertThat(closed.getMessage()).doesNotContain("PW-204");
            }
        }
    }

    @Test
    void commits_nothing_where_the_driver_s_close_would() throws Exception {
        for (EngineBuilder builder : List.of(
                Engine.builder("jdbc:oracle:still:"),
                Engine.builder("jdbc:oracle:still:").withoutPool())) {
            calls.clear();
            try (Engine engine = builder.build()) {
                ConnectionHandle handle = (ConnectionHandle) engine.getConnection();
                handle.setAutoCommit(false);
                handle.nativeSQL("");
                assertThat(take(handle, handle.activity())).isTrue();
                CheckIn.reclaim(handle);
                assertThat(engine.stats().leased()).isZero();
            }
            assertThat(calls).containsSubsequence("rollback", "close").doesNotContain("commit");
        }
    }

    @Test
    void disturbs_no_call_and_loses_no_place() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtomicReference<ConnectionHandle> lent = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        duringCall.set(Thread::onSpinWait);
        try (Engine engine = engine()) {
            Thread looking = new Thread(() -> {
                while (!over.get()) {
                    ConnectionHandle handle = lent.get();
                    if (handle != null) {
                        look(handle, taken);
                    }
                }
            });
            looking.start();
            long served = 0;
            for (int i = 0; i < SCHEDULES; i++) {
                try (Connection connection = engine.getConnection()) {
                    lent.set((ConnectionHandle) connection);
                    for (int call = 0; call < i % 7; call++) {
                        connection.nativeSQL("");
                    }
                    served++;
                } catch (SQLException tooLate) {
                    assertThat(tooLate.getMessage()).contains("[PW-204]");
                }
            }
            over.set(true);
            looking.join();

            assertThat(violations).hasValue(0);
            assertThat(inFlight).hasValue(0);
            assertThat(taken.get()).isPositive();
            assertThat(served).isPositive();
            assertThat(engine.stats().leased()).isZero();
            assertThat(opened.get() - closed.get()).isEqualTo(engine.stats().idle());
        }
    }

    /** Looks with no patience at all, until the borrow is over. */
    private static void look(ConnectionHandle handle, AtomicInteger taken) {
        Slot<PhysicalConnection> slot = handle.slot();
        Stillness stillness = new Stillness(handle.physical(), 0);
        for (long now = 1; !handle.isClosedHandle(); now++) {
            Runnable rest = stillness.look(slot, now, 0, (origin, held, unused, physical) -> taken.incrementAndGet());
            if (rest != null) {
                rest.run();
                return;
            }
        }
    }
}

package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.pool.Slot;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
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
    private final OnlyConnects driver = new OnlyConnects("jdbc:still:") {
        @Override
        Connection open() {
            return connection();
        }
    };

    @BeforeEach
    void register() throws SQLException {
        DriverManager.registerDriver(driver);
    }

    @AfterEach
    void deregister() throws SQLException {
        DriverManager.deregisterDriver(driver);
    }

    /** Notices a call to it after its close, and a close during a call. */
    private Connection connection() {
        opened.incrementAndGet();
        AtomicBoolean gone = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "nativeSQL":
                            inFlight.incrementAndGet();
                            duringCall.get().run();
                            violations.addAndGet(gone.get() ? 1 : 0);
                            inFlight.decrementAndGet();
                            return "";
                        case "close":
                            if (gone.compareAndSet(false, true)) {
                                closed.incrementAndGet();
                            }
                            return null;
                        case "isClosed":
                            return gone.get();
                        case "getAutoCommit":
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

    @Test
    void waits_for_a_call_that_begins_while_it_is_taken_away() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (Engine engine = engine()) {
            ConnectionHandle handle = (ConnectionHandle) engine.getConnection();
            Slot<PhysicalConnection> slot = handle.slot();
            Stillness stillness = new Stillness(handle.physical());
            TakenAwayListener listener = (origin, held, unused) -> told.incrementAndGet();
            duringCall.set(() -> {
                // As if the look had come just before the call.
                assertThat(handle.takeAway(new TakenAway(null, 1, 0))).isEqualTo(CallGuard.Closing.CALL_IN_FLIGHT);
                stillness.takenDuringCall(handle, 1);
                assertThat(stillness.look(slot, 10, 1, listener)).isNull();
            });
            handle.nativeSQL("");

            assertThat(closed).hasValue(0);
            Runnable rest = stillness.look(slot, 11, 1, listener);
            assertThat(rest).isNotNull();
            rest.run();
            assertThat(told).hasValue(1);
            assertThat(closed).hasValue(1);
            assertThat(engine.stats().leased()).isZero();
            assertThat(violations).hasValue(0);
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
        Stillness stillness = new Stillness(handle.physical());
        for (long now = 1; !handle.isClosedHandle() || stillness.isTaking(); now++) {
            Runnable rest = stillness.look(slot, now, 0, (origin, held, unused) -> taken.incrementAndGet());
            if (rest != null) {
                rest.run();
                return;
            }
        }
    }
}

package dev.poolwright.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.time.Ticker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two threads borrow, use and close, use and close what the other has or had, take it away, and forget some: each borrow
 * is a schedule at random. Nothing is lent to two at once, no call reaches the next lease, and no place is lost.
 * {@code -Dstress.schedules} sets how many.
 */
class ScheduleTest {

    private static final long SCHEDULES = Long.getLong("stress.schedules", 200_000);
    private static final int THREADS = 2;
    private static final int SIZE = 2;

    /** One schedule in so many forgets its connection. */
    private static final int FORGOTTEN = 40_000;

    /** One in so many makes a pause. */
    private static final int PAUSES = 64;

    private static final long PAUSE_NANOS = 300_000;

    /** A lease as the test sees it: its handle, and the name under which the driver's connection was claimed. */
    private record Lease(Connection handle, String name) {}

    private final AtomicReferenceArray<Lease> shown = new AtomicReferenceArray<>(THREADS);
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong names = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong closedByOther = new AtomicLong();
    private final AtomicLong takenAway = new AtomicLong();
    private final AtomicLong forgotten = new AtomicLong();

    @Test
    void keeps_leases_apart_whatever_two_threads_do() throws Exception {
        long start = System.nanoTime();
        ClaimedDriver driver = new ClaimedDriver();
        DriverManager.registerDriver(driver);
        try (Engine engine = Engine.builder("jdbc:claimed:x")
                .size(SIZE)
                .overflow(20)
                .checkoutTimeout(Duration.ZERO)
                .build()) {
            AtomicBoolean ended = new AtomicBoolean();
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int mine = i;
                running.add(threads.submit(() -> borrow(engine, mine)));
            }
            Future<?> collector = threads.submit(() -> {
                while (!ended.get()) {
                    System.gc();
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                return null;
            });
            for (Future<?> each : running) {
                each.get(1, TimeUnit.HOURS);
            }
            for (int i = 0; i < THREADS; i++) {
                shown.set(i, null);
            }
            while (engine.stats().leased() > 0) { // what was forgotten comes back with a collection
                TimeUnit.MILLISECONDS.sleep(10);
            }
            ended.set(true);
            collector.get();
            threads.shutdown();
            assertThat(violations).isEmpty();
            assertThat(engine.accidents()).isZero();
            assertThat(engine.stats().idle()).isLessThanOrEqualTo(SIZE + 20);
        } finally {
            DriverManager.deregisterDriver(driver);
        }
        System.out.printf(
                "schedules: %d in %.1f s, %d calls, %d too late, %d closed by the other, %d taken away, %d forgotten%n",
                names.get(),
                (System.nanoTime() - start) / 1e9,
                calls.get(),
                late.get(),
                closedByOther.get(),
                takenAway.get(),
                forgotten.get());
        assertThat(names.get()).isGreaterThanOrEqualTo(SCHEDULES);
        // It must have been a test.
        assertThat(late.get()).isPositive();
        assertThat(closedByOther.get()).isPositive();
        assertThat(takenAway.get()).isPositive();
    }

    private Void borrow(Engine engine, int mine) throws SQLException {
        SplittableRandom random = new SplittableRandom(mine);
        while (names.get() < SCHEDULES) {
            Connection handle = engine.getConnection();
            String name = "lease" + names.incrementAndGet();
            boolean forgets = random.nextInt(FORGOTTEN) == 0;
            try {
                say(handle, "claim " + name);
                shown.set(mine, new Lease(handle, name));
                for (int i = random.nextInt(4); i > 0; i--) {
                    call(new Lease(handle, name));
                }
                if (random.nextInt(PAUSES) == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS); // long enough to be found still
                }
                interfere(random, shown.get(1 - mine));
            } catch (SQLException closedByTheOther) {
                late.incrementAndGet();
            } finally {
                if (forgets) {
                    forgotten.incrementAndGet();
                } else {
                    handle.close();
                }
            }
        }
        return null;
    }

    private void interfere(SplittableRandom random, Lease other) throws SQLException {
        if (other == null) {
            return;
        }
        int dice = random.nextInt(64);
        if (dice < 24) {
            try {
                call(other);
            } catch (SQLException tooLate) {
                late.incrementAndGet();
            }
        } else if (dice == 24) {
            other.handle().close();
            closedByOther.incrementAndGet();
        } else if (dice == 25) {
            ConnectionHandle handle = (ConnectionHandle) other.handle();
            long activity = handle.activity();
            if (handle.takeAway(new TakenAway(null, 0, Ticker.SYSTEM.nanos()), activity)) {
                CheckIn.reclaim(handle);
                takenAway.incrementAndGet();
            }
        }
    }

    private void call(Lease lease) throws SQLException {
        say(lease.handle(), "call " + lease.name());
        calls.incrementAndGet();
    }

    private static void say(Connection handle, String words) throws SQLException {
        handle.setSavepoint(words);
    }

    /** Makes connections that know whose they are, and say so when somebody else calls. */
    private final class ClaimedDriver extends OnlyConnects {

        final AtomicInteger opened = new AtomicInteger();

        ClaimedDriver() {
            super("jdbc:claimed:");
        }

        @Override
        Connection open() {
            opened.incrementAndGet();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, new ClaimedConnection());
        }
    }

    private final class ClaimedConnection implements InvocationHandler {

        private final AtomicInteger inFlight = new AtomicInteger();
        private volatile String lease;
        private volatile boolean closed;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws SQLException {
            switch (method.getName()) {
                case "setSavepoint":
                    if (closed) {
                        throw new SQLException("closed"); // a call that came too late is led to a closed one
                    }
                    inFlight.incrementAndGet();
                    called((String) arguments[0]);
                    inFlight.decrementAndGet();
                    return null;
                case "getAutoCommit":
                    // Asked when the connection is cleaned after a lease in which something was called.
                    if (inFlight.get() != 0) {
                        violations.add("cleaned while a call was in flight: " + lease);
                    }
                    lease = null;
                    return true;
                case "isClosed":
                    return closed;
                case "close":
                    closed = true;
                    return null;
                default:
                    return null;
            }
        }

        private void called(String words) {
            String name = words.substring(words.indexOf(' ') + 1);
            if (words.startsWith("claim ")) {
                if (lease != null) {
                    violations.add(name + " was lent what " + lease + " still has");
                }
                lease = name;
            }
            String before = lease;
            Thread.onSpinWait();
            String after = lease;
            // A connection that was closed under a running call is not lent again; that call may end as it likes.
            if (!closed && !(name.equals(before) && name.equals(after))) {
                violations.add("a call of " + name + " reached " + before + "/" + after);
            }
        }
    }
}

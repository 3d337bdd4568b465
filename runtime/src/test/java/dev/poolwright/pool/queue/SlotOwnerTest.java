package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.StubLifecycle;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A resource has one owner at a time, and none after its close (P2). */
class SlotOwnerTest {

    private static final String CLOSED = "closed";

    /** Resource to its owner; a resource whose close has begun stays CLOSED. */
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    private final List<String> violations = new ArrayList<>();

    private final StubLifecycle db = new StubLifecycle();

    private final Lifecycle<String> watched = new Lifecycle<>() {
        @Override
        public String open() throws Exception {
            return db.open();
        }

        @Override
        public boolean isAlive(String resource) {
            return true;
        }

        @Override
        public void close(String resource) {
            check(owners.put(resource, CLOSED), resource + " closed");
        }
    };

    @Test
    void while_everything_happens_at_once() throws Exception {
        QueuePool<String> pool = new QueuePool<>(
                STILL.withSize(2)
                        .withOverflow(4)
                        .withPingAfter(Duration.ofNanos(1))
                        .withIdleTimeout(Duration.ofNanos(1)),
                watched,
                LeakListener.silent(),
                new Housekeeper(Ticker.SYSTEM, 100_000));
        long end = Ticker.SYSTEM.nanos() + TimeUnit.MILLISECONDS.toNanos(1500);
        List<Fixture.Running<Void>> users = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String user = "user " + i;
            users.add(async(() -> {
                for (int n = 0; Ticker.SYSTEM.nanos() < end; n++) {
                    use(pool, user, n);
                }
                return null;
            }));
        }
        while (Ticker.SYSTEM.nanos() < end) {
            pool.dispose();
            pool.dropIdle(0);
        }
        for (Fixture.Running<Void> user : users) {
            user.get();
        }
        assertThat(violations).isEmpty();
        assertThat(pool.stats().leased()).isZero();
    }

    private void use(QueuePool<String> pool, String user, int n) throws Exception {
        Slot<String> slot = n % 3 == 0 ? pool.tryAcquireIdle() : pool.checkOut(NEVER);
        if (slot == null) {
            return;
        }
        String resource = String.valueOf(slot.resource());
        check(owners.put(resource, user), resource + " lent");
        Thread.onSpinWait();
        if (!owners.remove(resource, user)) {
            check("another", resource + " given back");
        }
        if (n % 17 == 0) {
            pool.discard(slot);
        } else {
            pool.release(slot);
        }
    }

    private void check(@Nullable String before, String what) {
        if (before != null) {
            synchronized (violations) {
                violations.add(what + " although it was " + before);
            }
        }
    }
}

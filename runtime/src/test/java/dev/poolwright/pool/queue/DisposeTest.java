package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.EngineClosedException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DisposeTest {

    private final Fixture fixture = new Fixture();

    @Test
    void closes_idle_ones_now_and_leased_ones_at_their_return() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(5));
        List<Slot<String>> slots = Fixture.checkOut(pool, 5);
        Fixture.release(pool, slots.subList(0, 3));

        pool.dispose();
        assertThat(fixture.db.closed()).containsExactlyInAnyOrder("c1", "c2", "c3");
        assertThat(slots.get(3).resource()).isEqualTo("c4");

        Fixture.release(pool, slots.subList(3, 5));
        assertThat(fixture.db.closed()).hasSize(5);
        assertThat(pool.stats().idle()).isZero();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c6");
    }

    @Test
    void without_closing_it_touches_no_idle_one_and_opens_new_ones() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(3).withOverflow(0));
        List<Slot<String>> slots = Fixture.checkOut(pool, 3);
        Fixture.release(pool, slots.subList(0, 2));

        pool.disposeWithoutClosing();
        assertThat(fixture.db.closed()).isEmpty();
        assertThat(fixture.db.letGo()).containsExactlyInAnyOrder("c1", "c2");
        assertThat(pool.stats().idle()).isZero();
        assertThat(Fixture.checkOut(pool, 2)).extracting(Slot::resource).containsExactly("c4", "c5");

        pool.release(slots.get(2));
        assertThat(fixture.db.closed()).containsExactly("c3");
        assertThat(pool.stats().opened() - pool.stats().closed())
                .isEqualTo(pool.stats().leased() + pool.stats().idle());
    }

    @Test
    void closes_what_was_being_opened_at_its_return() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        Slot<String> opening = pool.acquire(NEVER);
        pool.dispose();
        pool.fill(opening, "by the old password");
        pool.release(opening);
        assertThat(fixture.db.closed()).containsExactly("by the old password");
    }

    @Test
    void closes_one_whose_return_had_already_read_the_generation() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(1).withOverflow(0));
        Slot<String> slot = pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> waiter = async(() -> pool.checkOut(NEVER));
        Fixture.awaitWaiters(pool, 1, waiter);

        // The return asks for the time because somebody waits; in that moment the pool is disposed and nobody waits.
        fixture.ticker.atNextReadingBy(Thread.currentThread(), () -> {
            pool.dispose();
            waiter.thread().interrupt();
            Fixture.eventually(() -> pool.stats().waiting() == 0);
        });
        pool.release(slot);

        assertThat(fixture.db.closed()).containsExactly("c1");
        assertThat(pool.stats().idle()).isZero();
    }

    @Test
    void leaves_no_orphan_when_it_races_check_outs() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(10).withOverflow(-1));
        CyclicBarrier start = new CyclicBarrier(5);
        List<Fixture.Running<Void>> users = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            users.add(async(() -> {
                start.await();
                for (int n = 0; n < 20_000; n++) {
                    Slot<String> slot = pool.checkOut(NEVER);
                    pool.release(slot);
                }
                return null;
            }));
        }
        start.await();
        for (int n = 0; n < 1000; n++) {
            pool.dispose();
        }
        for (Fixture.Running<Void> user : users) {
            user.get();
        }
        // One that slipped through would be idle and of an old generation.
        assertThat(fixture.db.opened() - fixture.db.closed().size())
                .isEqualTo(pool.stats().idle());
        int opened = fixture.db.opened();
        Fixture.release(pool, Fixture.checkOut(pool, pool.stats().idle()));
        assertThat(fixture.db.opened()).isEqualTo(opened);
        pool.dispose();
        assertThat(fixture.db.closed()).hasSize(opened);
        assertThat(pool.stats().leased() + pool.stats().idle()).isZero();
    }

    @Test
    void leaves_no_orphan_when_it_races_looks_for_an_idle_one() throws Exception {
        QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));
        int rounds = 10_000;
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        Fixture.Running<Void> other = async(() -> {
            for (int round = 1; round <= rounds; round++) {
                int mine = round;
                Fixture.spinUntil(() -> begun.get() == mine);
                Slot<String> slot = pool.tryAcquireIdle();
                if (slot != null) {
                    pool.release(slot);
                }
                ended.set(round);
            }
            return null;
        });
        for (int round = 1; round <= rounds; round++) {
            int mine = round;
            pool.release(pool.checkOut(NEVER));
            begun.set(round);
            pool.dispose();
            Fixture.spinUntil(() -> ended.get() == mine);
            assertThat(pool.stats().idle()).as("round %d", round).isZero();
            assertThat(fixture.db.closed()).hasSize(round);
        }
        other.get();
    }

    @Test
    void leaves_nothing_open_when_close_races_check_outs() throws Exception {
        for (int round = 0; round < 100; round++) {
            Fixture fresh = new Fixture();
            QueuePool<String> pool = fresh.livePool(STILL.withOverflow(0));
            CyclicBarrier start = new CyclicBarrier(4);
            List<Fixture.Running<Void>> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                users.add(async(() -> {
                    start.await();
                    while (true) {
                        pool.release(pool.checkOut(NEVER));
                    }
                }));
            }
            start.await();
            pool.close();
            for (Fixture.Running<Void> user : users) {
                assertThatThrownBy(user::get).hasCauseInstanceOf(EngineClosedException.class);
            }
            assertThat(fresh.db.closed()).hasSize(fresh.db.opened());
            assertThat(pool.stats().idle()).isZero();
        }
    }
}

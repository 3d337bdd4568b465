package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether to open one more or to wait for a return although there is room. */
class GrowthTest {

    @Test
    void a_waiter_takes_a_return_instead_of_opening() throws Exception {
        Fixture fixture = new Fixture();
        QueuePool<String> pool = slowToOpen(fixture);
        Slot<String> held = pool.checkOut(NEVER);

        Fixture.Running<Slot<String>> patient = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, patient);
        pool.release(held);

        assertThat(patient.get().resource()).isEqualTo("slow");
        assertThat(fixture.db.opened()).isZero();
    }

    @Test
    void a_waiter_opens_when_no_return_came_after_all() throws Exception {
        Fixture fixture = new Fixture();
        QueuePool<String> pool = slowToOpen(fixture);
        pool.checkOut(NEVER);

        Fixture.Running<Slot<String>> patient = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, patient);
        fixture.ticker.advance(Duration.ofSeconds(1));

        assertThat(patient.get().resource()).isEqualTo("c1");
    }

    @Test
    void a_waiter_that_is_interrupted_opens_and_stays_interrupted() throws Exception {
        QueuePool<String> pool = slowToOpen(new Fixture());
        pool.checkOut(NEVER);
        Fixture.Running<Boolean> patient = async(() -> {
            Slot<String> place = pool.acquire(NEVER);
            return place.resource() == null && Thread.interrupted();
        });
        awaitWaiters(pool, 1, patient);
        patient.thread().interrupt();
        assertThat(patient.get()).isTrue();
    }

    @Test
    void a_waiter_that_is_handed_one_while_it_takes_a_place_gives_the_place_back() throws Exception {
        Fixture fixture = new Fixture();
        QueuePool<String> pool = slowToOpen(fixture);
        Slot<String> held = pool.checkOut(NEVER);
        Fixture.Running<Slot<String>> patient = async(() -> pool.checkOut(NEVER));
        awaitWaiters(pool, 1, patient);

        // After it has looked for an idle one, before it reserves: it is starving, so this hands it the slot.
        fixture.ticker.atNextReadingBy(patient.thread(), () -> pool.release(held));
        fixture.ticker.advance(Duration.ofSeconds(1));

        assertThat(patient.get()).isSameAs(held);
        assertThat(pool.stats().leased()).isEqualTo(1);
        pool.acquire(Fixture.now());
        pool.acquire(Fixture.now());
        assertThat(pool.stats().leased()).isEqualTo(3);
    }

    /** One open, whose opening took 10 s, and which came back ten times in the last 100 ms. */
    private static QueuePool<String> slowToOpen(Fixture fixture) throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        Slot<String> place = pool.acquire(NEVER);
        fixture.ticker.advance(Duration.ofSeconds(10));
        pool.fill(place, "slow");
        fixture.pass(Duration.ofMillis(100));
        pool.release(place);
        for (int i = 0; i < 9; i++) {
            pool.release(pool.checkOut(NEVER));
        }
        fixture.pass(Duration.ofMillis(100));
        return pool;
    }
}

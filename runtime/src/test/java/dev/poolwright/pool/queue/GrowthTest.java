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

    private static final long MILLI = 1_000_000;

    private final Growth growth = new Growth(10, 0);

    @Test
    void opens_while_nothing_is_known() {
        assertThat(growth.patienceNanos(0, 0)).isZero();
        growth.opened(100 * MILLI);
        assertThat(growth.patienceNanos(0, 0)).isZero();
    }

    @Test
    void waits_where_a_return_is_expected_clearly_sooner_than_an_opening_takes() {
        growth.opened(100 * MILLI);
        growth.sample(10, 20 * MILLI); // one return in 2 ms
        assertThat(growth.patienceNanos(0, 20 * MILLI)).isEqualTo(4 * MILLI);
        assertThat(growth.patienceNanos(9, 20 * MILLI)).isEqualTo(40 * MILLI);
        assertThat(growth.patienceNanos(25, 20 * MILLI)).isZero();
    }

    @Test
    void opens_where_opening_takes_no_time() {
        growth.opened(1000);
        growth.sample(10, 20 * MILLI);
        assertThat(growth.patienceNanos(0, 20 * MILLI)).isZero();
    }

    @Test
    void does_not_trust_returns_of_long_ago() {
        growth.opened(100 * MILLI);
        growth.sample(10, 20 * MILLI);
        assertThat(growth.patienceNanos(0, 40 * MILLI)).isZero();
        growth.sample(11, 5000 * MILLI);
        assertThat(growth.patienceNanos(0, 5000 * MILLI)).isZero();
    }

    @Test
    void learns_nothing_from_less_than_a_millisecond() {
        growth.opened(100 * MILLI);
        growth.sample(100, MILLI / 2);
        assertThat(growth.patienceNanos(0, MILLI / 2)).isZero();
    }

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

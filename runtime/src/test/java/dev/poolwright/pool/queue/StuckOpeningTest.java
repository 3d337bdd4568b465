package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.eventually;
import static dev.poolwright.pool.Fixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A driver that waits for an answer for ever does not take a place with it for ever (E1). */
@Timeout(60)
class StuckOpeningTest {

    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(5), Ticker.SYSTEM);

    private final Fixture fixture = new Fixture();
    private final QueuePool<String> pool = fixture.pool(STILL.withSize(1).withOverflow(0));
    private final CountDownLatch network = new CountDownLatch(1);

    @AfterEach
    void answerAtLast() {
        network.countDown();
    }

    private void oneHangs() {
        fixture.db.hangs(network);
        assertThatThrownBy(() -> pool.checkOut(in(Duration.ofMillis(50)))).isInstanceOf(CheckoutTimeoutException.class);
        fixture.db.hangs(new CountDownLatch(0));
    }

    @Test
    void keeps_its_place_for_a_minute() {
        oneHangs();
        fixture.pass(Duration.ofSeconds(59));
        assertThat(pool.stats().leased()).isEqualTo(1);
        fixture.pass(Duration.ofSeconds(1));
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void is_closed_when_it_ends_after_all_and_its_place_is_another_s() throws Exception {
        oneHangs();
        fixture.pass(Duration.ofMinutes(1));
        Slot<String> other = pool.checkOut(LONG);
        assertThat(other.resource()).isEqualTo("c1");

        network.countDown();

        eventually(() -> fixture.db.closed().contains("c2"));
        assertThat(other.resource()).isEqualTo("c1");
        assertThat(pool.stats().opened() - pool.stats().closed()).isEqualTo(1);
    }

    @Test
    void or_is_kept_where_there_is_room() throws Exception {
        oneHangs();
        fixture.pass(Duration.ofMinutes(1));

        network.countDown();

        eventually(() -> pool.stats().idle() == 1);
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
        assertThat(pool.stats().leased()).isEqualTo(1);
    }

    @Test
    void that_was_begun_before_a_dispose_is_closed_at_its_end() throws Exception {
        oneHangs();
        fixture.pass(Duration.ofMinutes(1));
        pool.dispose();

        network.countDown();

        eventually(() -> fixture.db.closed().contains("c1"));
        assertThat(pool.stats().idle()).isZero();
    }

    @Test
    void is_not_taken_away_while_somebody_waits_for_it() {
        fixture.db.hangs(network);
        Fixture.Running<Slot<String>> patient = Fixture.async(() -> pool.checkOut(LONG));
        Fixture.awaitWaiters(pool, 1, patient);
        fixture.pass(Duration.ofMinutes(2));
        assertThat(pool.stats().leased()).isEqualTo(1);
        assertThat(patient.result()).isNotDone();
    }

    @Test
    void a_look_at_an_idle_one_that_hangs_loses_it_and_not_the_place() throws Exception {
        QueuePool<String> one = fixture.pool(STILL.withSize(1).withOverflow(0).withPingAfter(Duration.ofSeconds(30)));
        one.release(one.checkOut(LONG));
        fixture.pass(Duration.ofSeconds(31));
        CountDownLatch answer = network;
        fixture.db.during(() -> {
            fixture.db.during(() -> {});
            try {
                answer.await();
            } catch (InterruptedException nobodyDoesThat) {
                throw new IllegalStateException(nobodyDoesThat);
            }
        });
        assertThatThrownBy(() -> one.checkOut(in(Duration.ofMillis(50)))).isInstanceOf(CheckoutTimeoutException.class);
        fixture.pass(Duration.ofMinutes(1));

        assertThat(fixture.db.closed()).containsExactly("c1");
        assertThat(one.checkOut(LONG).resource()).isEqualTo("c2");
        network.countDown();
        assertThat(one.stats().leased()).isEqualTo(1);
    }
}

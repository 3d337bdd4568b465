package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is looked at before an idle resource is lent again. */
class ValidationTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Fixture fixture = new Fixture();

    @Test
    void replaces_an_old_one_at_check_out_and_never_while_leased() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withRecycle(HOUR));
        Slot<String> slot = pool.checkOut(NEVER);
        fixture.pass(HOUR);
        assertThat(slot.resource()).isEqualTo("c1");
        pool.release(slot);
        assertThat(fixture.db.closed()).isEmpty();

        assertThat(pool.tryAcquireIdle()).isNull();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c2");
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void does_not_replace_all_of_the_same_age_in_one_burst() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(100).withRecycle(HOUR));
        Fixture.release(pool, Fixture.checkOut(pool, 100));

        fixture.pass(Duration.ofMinutes(54).minusSeconds(1));
        Fixture.release(pool, Fixture.checkOut(pool, 100));
        assertThat(fixture.db.closed()).isEmpty();

        fixture.pass(Duration.ofMinutes(3));
        Fixture.release(pool, Fixture.checkOut(pool, 100));
        assertThat(fixture.db.closed().size()).isBetween(20, 80);

        fixture.pass(Duration.ofMinutes(3).plusSeconds(1));
        Fixture.release(pool, Fixture.checkOut(pool, 100));
        assertThat(fixture.db.closed().stream().filter(c -> Integer.parseInt(c.substring(1)) <= 100))
                .hasSize(100);
    }

    @Test
    void asks_only_one_that_was_idle_for_longer() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withPingAfter(Duration.ofSeconds(30)));
        Slot<String> slot = pool.checkOut(NEVER);
        fixture.pass(Duration.ofMinutes(5));
        pool.release(slot);

        fixture.pass(Duration.ofSeconds(29));
        pool.release(pool.checkOut(NEVER));
        assertThat(fixture.db.pinged()).isEmpty();

        fixture.pass(Duration.ofSeconds(30));
        assertThat(pool.tryAcquireIdle()).isNull();
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c1");
        assertThat(fixture.db.pinged()).containsExactly("c1");
    }

    @Test
    void replaces_a_dead_one_and_its_elders_lazily() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(3).withPingAfter(Duration.ofSeconds(30)));
        Fixture.release(pool, Fixture.checkOut(pool, 3));
        fixture.db.dies("c1").dies("c2").dies("c3");
        fixture.pass(Duration.ofMinutes(1));

        Slot<String> replaced = pool.checkOut(NEVER);
        assertThat(replaced.resource()).isEqualTo("c4");
        assertThat(fixture.db.pinged()).hasSize(1);
        assertThat(fixture.db.closed()).hasSize(1);

        Fixture.checkOut(pool, 2);
        assertThat(fixture.db.pinged()).hasSize(1);
        assertThat(fixture.db.closed()).containsExactlyInAnyOrder("c1", "c2", "c3");
    }

    @Test
    void condemns_the_elders_of_a_broken_one_once() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(3));
        List<Slot<String>> leased = Fixture.checkOut(pool, 2);
        pool.invalidateElders(leased.get(0));
        pool.discard(leased.get(0));
        Slot<String> young = pool.checkOut(NEVER);
        pool.invalidateElders(leased.get(1));

        pool.release(young);
        pool.release(leased.get(1));
        assertThat(fixture.db.closed()).containsExactly("c1", "c2");
        assertThat(pool.stats().idle()).isEqualTo(1);
    }

    @Test
    void gives_the_place_back_when_the_question_itself_fails() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(1).withOverflow(0).withPingAfter(Duration.ofSeconds(30)));
        pool.release(pool.checkOut(NEVER));
        fixture.pass(Duration.ofMinutes(1));
        fixture.db.during(() -> {
            fixture.db.during(() -> {});
            throw new IllegalStateException("driver bug");
        });

        assertThatThrownBy(() -> pool.checkOut(NEVER)).hasMessage("driver bug");
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c2");
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void never_does_anything_by_age_when_all_is_zero() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        pool.release(pool.checkOut(NEVER));
        fixture.pass(Duration.ofDays(1000));
        assertThat(pool.checkOut(NEVER).resource()).isEqualTo("c1");
        assertThat(fixture.db.pinged()).isEmpty();
    }
}

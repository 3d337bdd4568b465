package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private final Fixture fixture = new Fixture();

    @Test
    void closes_surplus_that_was_idle_for_the_linger() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withOverflow(-1).withLinger(Duration.ofSeconds(5)));
        Fixture.release(pool, Fixture.checkOut(pool, 10));

        fixture.pass(Duration.ofMillis(4900));
        assertThat(pool.stats().idle()).isEqualTo(10);
        fixture.pass(Duration.ofMillis(100));
        assertThat(pool.stats().idle()).isEqualTo(2);
        assertThat(fixture.db.closed()).hasSize(8);
    }

    @Test
    void keeps_the_size_for_as_long_as_it_is_used() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withIdleTimeout(Duration.ofSeconds(30)));
        pool.release(pool.checkOut(NEVER));
        for (int i = 0; i < 10; i++) {
            fixture.pass(Duration.ofSeconds(29));
            pool.release(pool.checkOut(NEVER));
        }
        assertThat(fixture.db.opened()).isEqualTo(1);

        fixture.pass(Duration.ofSeconds(30));
        assertThat(fixture.db.closed()).containsExactly("c1");
    }

    @Test
    void leaves_the_leased_ones_alone() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withSize(0).withIdleTimeout(Duration.ofSeconds(1)));
        Slot<String> slot = pool.checkOut(NEVER);
        fixture.pass(Duration.ofHours(1));
        assertThat(slot.resource()).isEqualTo("c1");
        assertThat(fixture.db.closed()).isEmpty();
    }

    @Test
    void drops_the_one_that_was_idle_for_the_longest_time() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL);
        List<Slot<String>> slots = Fixture.checkOut(pool, 3);
        for (int i : new int[] {1, 2, 0}) {
            fixture.pass(Duration.ofSeconds(1));
            pool.release(slots.get(i));
        }
        assertThat(pool.dropIdle(0)).isTrue();
        assertThat(pool.dropIdle(0)).isTrue();
        assertThat(pool.dropIdle(0)).isTrue();
        assertThat(pool.dropIdle(0)).isFalse();
        assertThat(fixture.db.closed()).containsExactly("c2", "c3", "c1");
    }

    @Test
    void lets_surplus_become_idle_although_every_request_has_a_thread_of_its_own() throws Exception {
        QueuePool<String> pool = fixture.pool(STILL.withOverflow(-1).withLinger(Duration.ofSeconds(5)));
        Fixture.release(pool, Fixture.checkOut(pool, 50));
        for (int second = 0; second < 8; second++) {
            fixture.pass(Duration.ofSeconds(1));
            for (int request = 0; request < 50; request++) {
                Fixture.async(() -> {
                            pool.release(pool.checkOut(NEVER));
                            return null;
                        })
                        .get();
            }
        }
        assertThat(pool.stats().idle()).isLessThanOrEqualTo(3);
    }
}

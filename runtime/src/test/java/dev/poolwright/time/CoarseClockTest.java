package dev.poolwright.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoarseClockTest {

    private final CoarseClock clock = new CoarseClock();

    @Test
    void says_that_nobody_keeps_it_until_the_first_tick() {
        assertThat(clock.isStopped()).isTrue();
        assertThat(clock.nanos()).isEqualTo(CoarseClock.STOPPED);
    }

    @Test
    void tells_the_time_of_the_last_tick_until_it_is_stopped() {
        clock.set(41);
        clock.set(42);
        assertThat(clock.nanos()).isEqualTo(42);

        clock.stop();
        assertThat(clock.isStopped()).isTrue();
    }

    @Test
    void runs_even_at_the_moment_whose_number_means_stopped() {
        clock.set(CoarseClock.STOPPED);
        assertThat(clock.isStopped()).isFalse();
    }
}

package dev.poolwright.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private long now = 1_000;

    @Test
    void counts_down_with_its_ticker_and_is_past_at_zero() {
        Deadline deadline = Deadline.in(Duration.ofNanos(10), () -> now);
        assertThat(deadline.remainingNanos()).isEqualTo(10);
        assertThat(deadline.isPast()).isFalse();
        now += 10;
        assertThat(deadline.isPast()).isTrue();
    }

    @Test
    void never_comes_when_it_is_never() {
        assertThat(Deadline.never().isNever()).isTrue();
        assertThat(Deadline.never().isPast()).isFalse();
    }

    @Test
    void zero_is_already_past() {
        assertThat(Deadline.in(Duration.ZERO, () -> now).isPast()).isTrue();
    }
}

package dev.poolwright.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void is_past_when_its_time_has_come() {
        Deadline deadline = Deadline.in(Duration.ofMillis(10), ticker);
        assertThat(deadline.remainingNanos()).isEqualTo(10_000_000);

        ticker.advance(Duration.ofMillis(10));
        assertThat(deadline.isPast()).isTrue();
        assertThat(deadline.remainingNanos()).isZero();
    }

    @Test
    void is_past_at_once_without_a_wait() {
        assertThat(Deadline.in(Duration.ZERO, ticker).isPast()).isTrue();
    }

    @Test
    void never_comes() {
        assertThat(Deadline.never().isNever()).isTrue();
        assertThat(Deadline.never().isPast()).isFalse();
    }
}

package dev.poolwright.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {

    @Test
    void zero_means_never_but_for_linger() {
        PoolSettings settings = PoolSettings.DEFAULT
                .withRecycle(Duration.ZERO)
                .withPingAfter(Duration.ZERO)
                .withIdleTimeout(Duration.ZERO)
                .withLinger(Duration.ZERO);
        assertThat(settings.recycleNanos()).isEqualTo(PoolSettings.NEVER);
        assertThat(settings.pingAfterNanos()).isEqualTo(PoolSettings.NEVER);
        assertThat(settings.idleTimeoutNanos()).isEqualTo(PoolSettings.NEVER);
        assertThat(settings.lingerNanos()).isZero();
    }

    @Test
    void an_idle_timeout_at_most_shortens_and_never_lengthens() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(PoolSettings.DEFAULT.withIdleTimeoutAtMost(minute).idleTimeoutNanos())
                .isEqualTo(minute.toNanos());
        assertThat(PoolSettings.DEFAULT
                        .withIdleTimeout(Duration.ZERO)
                        .withIdleTimeoutAtMost(minute)
                        .idleTimeoutNanos())
                .isEqualTo(minute.toNanos());
        assertThat(PoolSettings.DEFAULT
                        .withIdleTimeout(Duration.ofSeconds(1))
                        .withIdleTimeoutAtMost(minute)
                        .idleTimeoutNanos())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void the_cap_is_size_and_overflow_or_none() {
        assertThat(PoolSettings.DEFAULT.cap()).isEqualTo(15);
        assertThat(PoolSettings.DEFAULT.withOverflow(-1).cap()).isEqualTo(Integer.MAX_VALUE);
        assertThat(PoolSettings.DEFAULT.withOverflow(Integer.MAX_VALUE).cap()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void refuses_what_has_no_meaning() {
        assertThatThrownBy(() -> PoolSettings.DEFAULT.withSize(-1)).hasMessageContaining("size -1");
        assertThatThrownBy(() -> PoolSettings.DEFAULT.withOverflow(-2)).hasMessageContaining("overflow -2");
        assertThatThrownBy(() -> PoolSettings.DEFAULT.withRecycle(Duration.ofSeconds(-1)))
                .hasMessageContaining("negative");
    }
}

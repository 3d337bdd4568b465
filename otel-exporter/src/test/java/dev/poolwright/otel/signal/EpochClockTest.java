package dev.poolwright.otel.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EpochClockTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicReference<Instant> calendar = new AtomicReference<>(Instant.ofEpochSecond(100));
    private final EpochClock clock = new EpochClock(nanos::get, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return calendar.get();
        }
    });

    @Test
    void counts_from_one_reading_of_the_calendar() {
        calendar.set(Instant.ofEpochSecond(5_000));

        assertThat(clock.epochNanos(nanos.get() - 30)).isEqualTo(100_000_000_000L - 30);
        assertThat(clock.epochNanos(nanos.get() + 30)).isEqualTo(100_000_000_000L + 30);
    }

    @Test
    void follows_a_corrected_calendar_after_a_while() {
        nanos.addAndGet(EpochClock.RENEW_NANOS + 1);
        calendar.set(Instant.ofEpochSecond(5_000));

        assertThat(clock.epochNanos(nanos.get()))
                .isEqualTo(Duration.ofSeconds(5_000).toNanos());
    }
}

package dev.poolwright.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccidentsTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Accidents accidents = new Accidents();

    @Test
    void a_hundred_within_an_hour_are_too_many() {
        assertThat(accidents.add(0)).isEqualTo(Accidents.Rank.FIRST);
        for (int i = 2; i < 100; i++) {
            assertThat(accidents.add(i)).isEqualTo(Accidents.Rank.ONE_MORE);
        }
        assertThat(accidents.add(59 * MINUTE)).isEqualTo(Accidents.Rank.TOO_MANY);
    }

    @Test
    void thousands_are_not_if_they_take_years() {
        accidents.add(0);
        for (int i = 1; i < 2_000; i++) {
            assertThat(accidents.add(i * MINUTE)).isEqualTo(Accidents.Rank.ONE_MORE);
        }
    }
}

package dev.poolwright.bench.contention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaitsTest {

    @Test
    void joined_ones_tell_what_a_part_of_all_waits_do_not_exceed() {
        Waits one = new Waits();
        Waits other = new Waits();
        for (int millis = 1; millis <= 1_000; millis++) {
            (millis % 2 == 0 ? one : other).add(millis * 1_000_000L);
        }

        Waits joined = Waits.joined(List.of(one, other));

        assertThat(joined.count()).isEqualTo(1_000);
        assertThat(joined.millisAt(0.5)).containsExactly(501);
        assertThat(joined.millisAt(0.99)).containsExactly(991);
        assertThat(joined.millisAt(1)).containsExactly(1_000);
    }
}

package dev.poolwright.gate.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void each_step_ends_below_a_power_of_two_of_a_microsecond() {
        assertThat(Latencies.step(-1)).isZero();
        assertThat(Latencies.step(999)).isZero();
        assertThat(Latencies.step(1_000)).isEqualTo(1);
        assertThat(Latencies.step(1_999)).isEqualTo(1);
        assertThat(Latencies.step(2_000)).isEqualTo(2);
        assertThat(Latencies.step(TimeUnit.MILLISECONDS.toNanos(1))).isEqualTo(10);
        assertThat(Latencies.step(Long.MAX_VALUE)).isEqualTo(Latencies.STEPS - 1);
    }

    @Test
    void quantiles_are_told_as_what_was_not_exceeded() {
        Latencies latencies = new Latencies();
        assertThat(Latencies.quantileMicros(latencies.counts(), 0.99)).isZero();
        for (int i = 0; i < 99; i++) {
            latencies.add(3_000);
        }
        latencies.add(TimeUnit.MILLISECONDS.toNanos(3));

        assertThat(Latencies.quantileMicros(latencies.counts(), 0.5)).isEqualTo(4);
        assertThat(Latencies.quantileMicros(latencies.counts(), 0.99)).isEqualTo(4);
        assertThat(Latencies.quantileMicros(latencies.counts(), 1)).isEqualTo(4_096);
        assertThat(latencies.slowestNanos()).isEqualTo(3_000_000);

        Latencies hopeless = new Latencies();
        hopeless.add(TimeUnit.MINUTES.toNanos(5));
        assertThat(Latencies.quantileMicros(hopeless.counts(), 0.5)).isEqualTo(-1);
    }

    @Test
    void none_is_lost_where_many_add_at_once() throws Exception {
        Latencies latencies = new Latencies();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int nanos = 1_000 << i;
            Thread thread = new Thread(() -> LongStream.range(0, 50_000).forEach(each -> latencies.add(nanos)));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(latencies.counts()).startsWith(0, 50_000, 50_000, 50_000, 50_000, 0);
        assertThat(latencies.slowestNanos()).isEqualTo(8_000);
    }
}

package dev.poolwright.otel.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CleanThreadsTest {

    @Test
    void waits_through_an_interrupt_and_hands_it_on() {
        AtomicBoolean ran = new AtomicBoolean();
        Thread.currentThread().interrupt();
        boolean ended = CleanThreads.run("test", () -> ran.set(true), TimeUnit.SECONDS.toNanos(30));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
        assertThat(ran).isTrue();
    }

    @Test
    void gives_up_on_what_takes_too_long() {
        CountDownLatch never = new CountDownLatch(1);
        Runnable hangs = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(CleanThreads.run("test", hangs, TimeUnit.MILLISECONDS.toNanos(20)))
                .isFalse();
        never.countDown();
    }
}

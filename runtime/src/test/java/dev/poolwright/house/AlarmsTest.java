package dev.poolwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlarmsTest {

    private final Housekeeper keeper = new Housekeeper(Ticker.SYSTEM, 0);
    private final Alarms alarms = keeper.alarms();

    private static Deadline in(long millis) {
        return Deadline.in(Duration.ofMillis(millis), Ticker.SYSTEM);
    }

    @Test
    void are_called_in_the_order_of_their_deadlines_whatever_that_of_their_setting() throws InterruptedException {
        BlockingQueue<String> called = new LinkedBlockingQueue<>();
        Alarms.Alarm late = alarms.set(in(60_000), () -> called.add("a minute"));
        alarms.set(in(30), () -> called.add("second"));
        alarms.set(in(1), () -> called.add("first"));
        assertThat(called.poll(20, TimeUnit.SECONDS)).isEqualTo("first");
        assertThat(called.poll(20, TimeUnit.SECONDS)).isEqualTo("second");
        assertThat(called).isEmpty();
        alarms.cancel(late);
    }

    @Test
    void that_are_cancelled_are_not_called_and_the_last_one_ends_the_thread() throws InterruptedException {
        AtomicInteger called = new AtomicInteger();
        Alarms.Alarm one = alarms.set(in(60_000), called::incrementAndGet);
        CountDownLatch looked = new CountDownLatch(1);
        alarms.set(in(1), looked::countDown);
        assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(isThere()).isTrue();
        alarms.cancel(one);
        while (isThere()) {
            Thread.onSpinWait();
        }
        assertThat(called).hasValue(0);
    }

    private static boolean isThere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(each -> each.getName().startsWith("poolwright-alarm")
                        && List.of(each.getStackTrace()).toString().contains("Alarms.look"));
    }

    /** The thread ends at the moment when somebody sets one, again and again. */
    @Test
    void that_are_set_as_the_thread_ends_are_not_forgotten() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            all.add(threads.submit(() -> {
                for (int round = 0; round < 4_000; round++) {
                    CountDownLatch called = new CountDownLatch(1);
                    alarms.set(in(0), called::countDown);
                    if (!called.await(20, TimeUnit.SECONDS)) {
                        return false;
                    }
                }
                return true;
            }));
        }
        for (Future<Boolean> each : all) {
            assertThat(each.get()).isTrue();
        }
        threads.shutdown();
    }

    @Test
    void that_throw_are_counted_and_those_after_them_are_called() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        alarms.set(in(1), () -> {
            throw new IllegalStateException("not ours");
        });
        alarms.set(in(2), called::countDown);
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.failedTicks()).isEqualTo(1);
    }
}

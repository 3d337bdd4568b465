package dev.poolwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {

    private final AtomicLong failures = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void end() {
        end.countDown();
        assertThat(failures).hasValue(0);
    }

    /** Hangs, as a driver does whose server is gone. */
    private final class Hanging implements Runnable {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void run() {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException never) {
                throw new IllegalStateException(never);
            }
        }

        void awaitBegin() throws InterruptedException {
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void starts_no_second_thread_unless_somebody_is_in_a_hurry() throws Exception {
        Crew crew = new Crew("crew", 64, failures);
        Hanging first = new Hanging();
        Hanging second = new Hanging();
        crew.executeSoon(first);
        first.awaitBegin();
        crew.executeSoon(second);
        assertThat(second.begun.getCount()).isOne();

        crew.hurry(second);
        second.awaitBegin();
    }

    /** The other one may be stuck as well, and has not asked. */
    @Test
    void begins_with_who_is_in_a_hurry_and_not_with_who_came_before() throws Exception {
        Crew crew = new Crew("crew", 64, failures);
        Hanging first = new Hanging();
        Hanging patient = new Hanging();
        Hanging hurried = new Hanging();
        crew.executeSoon(first);
        crew.executeSoon(patient);
        crew.executeSoon(hurried);
        first.awaitBegin();

        crew.hurry(hurried);
        hurried.awaitBegin();
        assertThat(patient.begun.getCount()).isOne();
        crew.hurry(patient);
        patient.awaitBegin();
    }

    @Test
    void stays_within_its_number_of_threads() throws Exception {
        Crew crew = new Crew("crew", 1, failures);
        Hanging first = new Hanging();
        Hanging second = new Hanging();
        crew.executeSoon(first);
        crew.executeSoon(second);
        first.awaitBegin();
        crew.hurry(second);
        assertThat(second.begun.getCount()).isOne();

        end.countDown();
        second.awaitBegin();
    }
}

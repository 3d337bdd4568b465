package dev.poolwright.pool.queue;

import static dev.poolwright.pool.Fixture.NEVER;
import static dev.poolwright.pool.Fixture.STILL;
import static dev.poolwright.pool.Fixture.async;
import static dev.poolwright.pool.Fixture.awaitWaiters;
import static dev.poolwright.pool.Fixture.in;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.poolwright.pool.CheckoutTimeoutException;
import dev.poolwright.pool.Errand;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import dev.poolwright.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that refuses: each call fails on an attempt of its own, and nothing is remembered (E3). */
@Timeout(60)
class RefusedTest {

    private static final Deadline LONG = Deadline.in(Duration.ofMinutes(5), Ticker.SYSTEM);

    private final Fixture fixture = new Fixture();
    private final QueuePool<String> pool = fixture.livePool(STILL.withSize(1).withOverflow(0));

    @Test
    void each_call_fails_with_the_very_failure_of_its_own_attempt_and_the_next_one_succeeds() throws Exception {
        for (int call = 0; call < 100; call++) {
            IOException refused = new IOException("refused " + call);
            fixture.db.failsWith(refused);
            assertThatThrownBy(() -> pool.checkOut(LONG)).isSameAs(refused);
            assertThat(pool.stats().leased()).isZero(); // room again before the caller hears of it
        }
        assertThat(pool.checkOut(LONG).resource()).isEqualTo("c1");
    }

    @Test
    void the_stack_trace_goes_on_with_the_caller_s() {
        fixture.db.failsWith(() -> new IOException("refused"));
        Throwable told = catchThrowableOfType(IOException.class, () -> pool.checkOut(LONG));
        assertThat(told.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Errand.class.getName())
                        && frame.getMethodName().equals("run"))
                .anyMatch(frame -> frame.getMethodName().equals("the_stack_trace_goes_on_with_the_caller_s"));
    }

    @Test
    void a_failure_that_is_the_same_object_each_time_does_not_grow() {
        IOException shared = new IOException("refused");
        for (int call = 0; call < 3; call++) {
            fixture.db.failsWith(() -> (IOException) shared.fillInStackTrace());
            assertThatThrownBy(() -> pool.checkOut(LONG)).isSameAs(shared);
        }
        assertThat(shared.getStackTrace().length).isLessThan(300);
    }

    @Test
    void an_error_is_an_error() {
        fixture.db.failsWith(() -> {
            throw new NoClassDefFoundError("com/vendor/Hello");
        });
        assertThatThrownBy(() -> pool.checkOut(LONG)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(pool.stats().leased()).isZero();
    }

    @Test
    void who_waits_at_the_cap_tries_himself_after_the_failure_of_another() throws Exception {
        CountDownLatch network = new CountDownLatch(1);
        fixture.db.hangs(network).failsWith(new IOException("first"));
        Fixture.Running<Slot<String>> first = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 1, first);
        Fixture.Running<Slot<String>> second = async(() -> pool.checkOut(LONG));
        awaitWaiters(pool, 2, first, second);

        network.countDown();

        assertThatThrownBy(first::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("first");
        assertThat(second.get().resource()).isEqualTo("c1");
    }

    @Test
    void a_time_out_names_the_last_failure_until_an_opening_succeeds() throws Exception {
        IOException refused = new IOException("refused");
        fixture.db.failsWith(refused);
        assertThatThrownBy(() -> pool.checkOut(LONG)).isSameAs(refused);
        Slot<String> place = pool.acquire(NEVER);
        assertThat(lastFailure()).isSameAs(refused);
        pool.fill(place, "mine");
        assertThat(lastFailure()).isNull();
    }

    private Throwable lastFailure() {
        return catchThrowableOfType(CheckoutTimeoutException.class, () -> pool.checkOut(in(Duration.ofMillis(20))))
                .lastFailure();
    }
}

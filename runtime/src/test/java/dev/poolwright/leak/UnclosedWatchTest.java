package dev.poolwright.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import dev.poolwright.time.CoarseClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnclosedWatchTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final CoarseClock clock = new CoarseClock();
    private long now = SECOND;
    private int starts;

    private final UnclosedWatch<Thing> watch = new UnclosedWatch<>(clock, this::start, 10 * SECOND);

    private void start() {
        starts++;
        clock.set(now);
    }

    private int tickAfter(long nanos) {
        now += nanos;
        return watch.tick(now, lost -> {});
    }

    @Test
    void stays_for_a_while_after_the_last_is_closed() {
        Object thing = new Object();
        watch.opened(new Thing(thing, watch, null));
        assertThat(tickAfter(SECOND)).isOne();
        watch.closed(thing);
        assertThat(tickAfter(SECOND)).isPositive();
        assertThat(clock.isStopped()).isFalse();

        watch.opened(new Thing(thing, watch, null));
        assertThat(tickAfter(20 * SECOND)).isOne();
        assertThat(starts).isOne();

        watch.closed(thing);
        assertThat(tickAfter(SECOND)).isPositive();
        assertThat(tickAfter(10 * SECOND)).isZero();
        assertThat(clock.isStopped()).isTrue();
    }

    @Test
    void lets_go_of_the_classes_on_the_stack_of_what_is_open_for_long() {
        Object thing = new Object();
        Origin origin = OrderDao.origin();
        watch.opened(new Thing(thing, watch, origin));
        tickAfter(SECOND / 2);
        assertThat(origin.isResolved()).isFalse();
        tickAfter(SECOND);
        assertThat(origin.isResolved()).isTrue();
        assertThat(origin.site()).startsWith("com.acme.OrderDao.origin(");
        assertThat(watch.closed(thing)).isNotNull();
    }

    private static final class Thing extends Unclosed {

        Thing(Object thing, UnclosedWatch<Thing> watch, Origin origin) {
            super(thing, watch, origin);
        }
    }
}

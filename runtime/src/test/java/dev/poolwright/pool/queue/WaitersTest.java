package dev.poolwright.pool.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.leak.LeakListener;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Fixture;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Waiter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitersTest {

    private static final int ROUNDS = 5_000;
    private static final long ARRIVAL = 1_000;
    private static final long STARVING = ARRIVAL + 5_000_000;

    private final Waiters<String> waiters = new Waiters<>();
    private final Slot<String> slot = Slot.leased(new Slot.Owner<>() {
        @Override
        public void reclaim(Slot<String> taken, @Nullable Origin origin, long heldNanos) {
            LeakListener.silent().reclaimed(origin, heldNanos);
        }
    });

    @Test
    void hands_over_only_to_one_that_waited_for_five_milliseconds() {
        Waiter<String> waiter = enlisted();
        assertThat(waiters.handOver(slot, STARVING - 1)).isFalse();
        assertThat(waiter.handed()).isNull();

        assertThat(waiters.handOver(slot, STARVING)).isTrue();
        assertThat(waiter.handed()).isSameAs(slot);
        assertThat(waiters.any()).isFalse();
    }

    @Test
    void hands_over_to_the_oldest_that_still_waits() {
        Waiter<String> gone = enlisted();
        Waiter<String> oldest = enlisted();
        Waiter<String> younger = enlisted();
        assertThat(waiters.leave(gone)).isTrue();

        assertThat(waiters.handOver(slot, STARVING)).isTrue();
        assertThat(oldest.handed()).isSameAs(slot);
        assertThat(younger.handed()).isNull();
        assertThat(waiters.count()).isEqualTo(1);
    }

    @Test
    void one_that_was_handed_a_slot_cannot_give_up_any_more() {
        Waiter<String> waiter = enlisted();
        waiters.handOver(slot, STARVING);
        assertThat(waiters.leave(waiter)).isFalse();
        assertThat(waiters.count()).isZero();
    }

    @Test
    void one_that_gave_up_cannot_be_handed_a_slot_any_more() {
        Waiter<String> waiter = enlisted();
        waiters.leave(waiter);
        assertThat(waiter.offer(slot)).isFalse();
        assertThat(waiter.handed()).isNull();
    }

    @Test
    void handing_over_and_giving_up_at_once_succeed_for_exactly_one() throws Exception {
        AtomicInteger round = new AtomicInteger();
        AtomicReferenceArray<Waiter<String>> enlisted = new AtomicReferenceArray<>(ROUNDS + 1);
        AtomicIntegerArray left = new AtomicIntegerArray(ROUNDS + 1);
        Fixture.Running<Void> leaver = Fixture.async(() -> {
            for (int i = 1; i <= ROUNDS; i++) {
                int current = i;
                Fixture.spinUntil(() -> round.get() >= current);
                left.set(i, waiters.leave(enlisted.get(i)) ? 1 : -1);
            }
            return null;
        });
        int both = 0;
        int none = 0;
        for (int i = 1; i <= ROUNDS; i++) {
            enlisted.set(i, enlisted());
            round.set(i);
            for (int spin = i % 50; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            boolean handed = waiters.handOver(slot, STARVING);
            int current = i;
            Fixture.spinUntil(() -> left.get(current) != 0);
            both += handed && left.get(i) > 0 ? 1 : 0;
            none += !handed && left.get(i) < 0 ? 1 : 0;
        }
        leaver.get();
        assertThat(both).isZero();
        assertThat(none).isZero();
        assertThat(waiters.count()).isZero();
    }

    @Test
    void signals_the_oldest_until_it_has_looked() {
        Waiter<String> oldest = enlisted();
        Waiter<String> younger = enlisted();
        waiters.signal();
        waiters.signal();
        assertThat(younger.takeSignal()).isFalse();
        assertThat(oldest.takeSignal()).isTrue();
        assertThat(oldest.takeSignal()).isFalse();
    }

    @Test
    void signals_the_next_when_the_oldest_has_left() {
        Waiter<String> oldest = enlisted();
        Waiter<String> younger = enlisted();
        waiters.leave(oldest);
        waiters.signal();
        assertThat(younger.takeSignal()).isTrue();
    }

    private Waiter<String> enlisted() {
        Waiter<String> waiter = Waiter.unserved(ARRIVAL);
        waiters.enlist(waiter);
        return waiter;
    }
}

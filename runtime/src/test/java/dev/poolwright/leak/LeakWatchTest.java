package dev.poolwright.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.OrderDao;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LeakWatch watch = new LeakWatch();
    private final Session session = new Session();

    /** Lent once. */
    private static final class Session extends Reclaimable {

        final List<String> reclaimed = new ArrayList<>();

        void close() {
            endLease();
        }

        @Override
        protected void onUnreachable(@Nullable Origin origin, long heldNanos) {
            reclaimed.add((origin == null ? "?" : origin.site()) + " " + heldNanos / SECOND);
        }
    }

    @Test
    void reclaims_what_nobody_can_reach_and_tells_line_and_time() {
        session.lend(new Object(), OrderDao.origin());
        watch.observe(session, SECOND);
        watch.observe(session, 2 * SECOND);

        assertThat(reclaimedWithin(100, 5 * SECOND)).isEqualTo(1);
        assertThat(session.reclaimed)
                .singleElement()
                .asString()
                .startsWith("com.acme.OrderDao")
                .endsWith(" 4");
    }

    @Test
    void never_reclaims_what_somebody_can_reach() {
        Object holder = new Object();
        session.lend(holder, null);
        watch.observe(session, SECOND);
        watch.observe(session, 2 * SECOND);
        try {
            assertThat(reclaimedWithin(5, 3 * SECOND)).isZero();
            assertThat(session.isLent()).isTrue();
            assertThat(session.heldNanos(3 * SECOND)).isEqualTo(2 * SECOND);
        } finally {
            Reference.reachabilityFence(holder);
        }
    }

    @Test
    void refers_to_the_holder_for_the_first_second_only() {
        WeakReference<Object> holder = lendFresh();
        watch.observe(session, SECOND);
        watch.observe(session, 2 * SECOND - 1);
        System.gc();
        assertThat(holder.get()).isNotNull();

        watch.observe(session, 2 * SECOND);
        for (int i = 0; i < 100 && holder.get() != null; i++) {
            System.gc();
        }
        assertThat(holder.get()).isNull();
    }

    @Test
    void counts_no_time_of_an_earlier_lease() {
        Place place = new Place();
        place.lendNext();
        watch.observe(place, SECOND);
        place.lendNext();
        assertThat(place.heldNanos(9 * SECOND)).isZero();
        watch.observe(place, 10 * SECOND);
        assertThat(place.heldNanos(12 * SECOND)).isEqualTo(2 * SECOND);
    }

    /** Lent again and again. */
    private static final class Place extends Reclaimable {

        private int lease;

        void lendNext() {
            endLease();
            lease++;
            lend(new Object(), null);
        }

        @Override
        protected int leaseStamp() {
            return lease;
        }

        @Override
        protected void onUnreachable(@Nullable Origin origin, long heldNanos) {
            throw new IllegalStateException("reclaimed");
        }
    }

    @Test
    void forgets_what_was_closed() {
        session.lend(new Object(), null);
        watch.observe(session, SECOND);
        watch.observe(session, 2 * SECOND);
        session.close();
        assertThat(reclaimedWithin(5, 3 * SECOND)).isZero();
        assertThat(session.isLent()).isFalse();
        watch.observe(session, 4 * SECOND);
        assertThat(session.heldNanos(5 * SECOND)).isZero();
    }

    private WeakReference<Object> lendFresh() {
        Object holder = new Object();
        session.lend(holder, null);
        return new WeakReference<>(holder);
    }

    private int reclaimedWithin(int collections, long nowNanos) {
        int reclaimed = 0;
        for (int i = 0; i < collections && reclaimed == 0; i++) {
            System.gc();
            reclaimed = watch.reclaim(nowNanos);
        }
        return reclaimed;
    }
}

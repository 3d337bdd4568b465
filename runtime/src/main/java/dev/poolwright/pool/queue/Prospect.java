package dev.poolwright.pool.queue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether a return is worth waiting for although there is room for one more: compares what openings took with what has come
 * back since threads wait. Any thread; what is lost to a race is an estimate.
 *
 * <p>Both other answers are wrong somewhere. Who opens whenever there is room makes 50 short requests that five connections
 * would have served in 20 ms wait for 45 connects; who waits as long as anything comes back lets a queue stand that one connect
 * would end. And what came back before anybody waited tells how much was asked for, not how soon one is free.
 */
final class Prospect {

    /** Part of an opening's time that is spent on seeing whether anything comes back at all. */
    private static final int TRIAL_PART = 8;

    private static final long LONGEST_TRIAL_NANOS = 20_000_000;
    private static final int MOST_DOUBLINGS = 20;

    /** Smoothed time an opening takes; 0 = none was seen. */
    private volatile long openingNanos;

    private final AtomicReference<@Nullable Queue> queue = new AtomicReference<>();

    /** One time during which somebody waits: from the first that waits until nobody does. */
    private static final class Queue {

        final long sinceNanos;
        final int endedBefore;
        final AtomicInteger opened = new AtomicInteger();

        Queue(long sinceNanos, int endedBefore) {
            this.sinceNanos = sinceNanos;
            this.endedBefore = endedBefore;
        }
    }

    /** Learns how long an opening took. */
    void opened(long nanos) {
        long old = openingNanos;
        openingNanos = Math.max(1, old == 0 ? nanos : old + (nanos - old) / 4);
    }

    /**
     * How long it is wise to wait for a return, for one who comes now.
     *
     * @param waiting     how many wait already
     * @param lent        how many leases could end
     * @param endedLeases how many have ended so far
     * @return 0 = open one
     */
    long patienceOnArrival(int waiting, int lent, int endedLeases, long nowNanos) {
        Queue present = queue.get();
        if (waiting == 0 || present == null) {
            Queue fresh = new Queue(nowNanos, endedLeases);
            // Whoever comes second to this takes the other's: they came at the same moment.
            present = queue.compareAndSet(present, fresh) ? fresh : queue.get();
        } else if (isWorthGrowing(present, nowNanos)) {
            return 0;
        }
        return present == null ? 0 : patience(present, waiting, lent, endedLeases, nowNanos);
    }

    /** How much longer it is wise to wait, for one who waits. */
    long patience(int ahead, int lent, int endedLeases, long nowNanos) {
        Queue present = queue.get();
        return present == null ? 0 : patience(present, ahead, lent, endedLeases, nowNanos);
    }

    private long patience(Queue present, int ahead, int lent, int endedLeases, long nowNanos) {
        long opening = openingNanos;
        if (lent == 0 || opening == 0) {
            return 0;
        }
        long lasted = nowNanos - present.sinceNanos;
        int returned = endedLeases - present.endedBefore;
        if (returned <= 0) {
            return Math.max(0, Math.min(opening / TRIAL_PART, LONGEST_TRIAL_NANOS) - lasted);
        }
        // Grows by itself while nothing comes back any more.
        long expected = lasted / returned * (ahead + 1L);
        return 2 * expected < opening ? 2 * expected : 0;
    }

    /**
     * A queue that has stood for as long as an opening takes would be shorter now had one been opened at its beginning, and
     * will most likely be there in as long again: one more is opened then, two more in the next such time, then four.
     */
    private boolean isWorthGrowing(Queue present, long nowNanos) {
        long opening = openingNanos;
        if (opening == 0) {
            return false;
        }
        long times = Math.min((nowNanos - present.sinceNanos) / opening, MOST_DOUBLINGS);
        int due = (1 << times) - 1;
        for (int opened = present.opened.get(); opened < due; opened = present.opened.get()) {
            if (present.opened.compareAndSet(opened, opened + 1)) {
                return true;
            }
        }
        return false;
    }
}

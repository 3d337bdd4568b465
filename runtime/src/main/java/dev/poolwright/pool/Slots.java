package dev.poolwright.pool;

import dev.poolwright.leak.LeakWatch;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a pool: an array that is replaced, never changed. Threads spread over it by their id, so that in the good
 * case each finds its own slot with one compare-and-set.
 *
 * <p>Any thread may call anything; only adding and removing slots takes the lock.
 *
 * @param <R> the resource
 */
public class Slots<R> {

    private static final int SMALL = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final Slot.Owner<R> owner;
    private volatile int keep;
    private final Object lock = new Object();
    private volatile Slot<R>[] all;

    /** Look-ups begin in the first so many slots, so that those behind become idle when fewer are needed. */
    private volatile int spread;

    /** @param keep slots that are used evenly; those beyond only when these are taken */
    public Slots(Slot.Owner<R> owner, int keep) {
        this.owner = owner;
        this.keep = Math.max(keep, 1);
        this.all = array(0);
    }

    /** So many are used evenly from now on. */
    public void keep(int count) {
        keep = Math.max(count, 1);
    }

    /** All slots, in any state. Not to be changed. */
    public Slot<R>[] all() {
        return all;
    }

    /** An idle slot, now LEASED and the caller's; or null. */
    public @Nullable Slot<R> claimIdle() {
        Slot<R>[] slots = all;
        if (slots.length == 0) {
            return null;
        }
        int home = home(slots);
        Slot<R> slot = slots[home];
        return slot.idleToLeased() ? slot : claimIdleAfter(slots, home);
    }

    /** Notes when a slot comes back, before it is published: by the coarse clock, so that it costs nothing. */
    public void cameBack(Slot<R> slot, long coarseNanos) {
        slot.cameBack(coarseNanos);
    }

    /** As {@link #claimIdle()}, but only one of that generation that came back at that time or later. */
    public @Nullable Slot<R> claimIdle(int generation, long sinceNanos) {
        for (Slot<R> slot : all) {
            int seen = slot.word();
            if (slot.isIdle()
                    && slot.generation() == generation
                    && slot.sinceNanos() - sinceNanos >= 0
                    && slot.idleToLeased(seen)) {
                return slot;
            }
        }
        return null;
    }

    private static <R> @Nullable Slot<R> claimIdleAfter(Slot<R>[] slots, int home) {
        for (int i = home + 1; i < slots.length; i++) {
            if (slots[i].idleToLeased()) {
                return slots[i];
            }
        }
        for (int i = 0; i < home; i++) {
            if (slots[i].idleToLeased()) {
                return slots[i];
            }
        }
        return null;
    }

    /** An empty slot, now LEASED and the caller's, who has counted its place before. Adds one if there is none. */
    public Slot<R> claimEmpty() {
        Slot<R>[] slots = all;
        Slot<R> found = claimEmpty(slots);
        if (found != null) {
            return found;
        }
        synchronized (lock) {
            if (all != slots) {
                found = claimEmpty(all);
            }
            return found != null ? found : add();
        }
    }

    private @Nullable Slot<R> claimEmpty(Slot<R>[] slots) {
        // First where this thread will look for it the next time.
        int home = slots.length == 0 ? 0 : home(slots);
        if (slots.length > 0 && slots[home].emptyToLeased()) {
            return slots[home];
        }
        for (Slot<R> slot : slots) {
            if (slot.emptyToLeased()) {
                return slot;
            }
        }
        return null;
    }

    private Slot<R> add() {
        Slot<R>[] old = all;
        int length = old.length == 0 ? keep : old.length + 1 + old.length / 2;
        Slot<R>[] longer = Arrays.copyOf(old, length);
        for (int i = old.length; i < length; i++) {
            longer[i] = Slot.empty(owner);
        }
        int mine = old.length == 0 ? home(longer, keep) : old.length;
        Slot<R> added = Slot.leased(owner);
        longer[mine] = added;
        spread = length;
        all = longer;
        return added;
    }

    /** At each tick: gathers the look-ups in front and drops empty slots when there are far too many. */
    public void settle() {
        spread = Math.max(keep, 2 * leased() + 1);
        synchronized (lock) {
            Slot<R>[] old = all;
            int wanted = Math.max(SMALL, Math.max(keep, 2 * used(old)));
            if (old.length > 2 * wanted) {
                all = shortened(old, wanted);
            }
        }
    }

    private Slot<R>[] shortened(Slot<R>[] old, int wanted) {
        Slot<R>[] kept = array(old.length);
        int length = 0;
        int surplus = old.length - wanted;
        for (Slot<R> slot : old) {
            // REMOVED for ever: somebody who still looks at the old array cannot claim it any more.
            if (surplus > 0 && slot.emptyToRemoved()) {
                surplus--;
            } else {
                kept[length++] = slot;
            }
        }
        return Arrays.copyOf(kept, length);
    }

    /** Whether the caller may call the outside (P3). */
    public boolean isUnlocked() {
        return !Thread.holdsLock(lock);
    }

    /** How many are somebody's. */
    public int leased() {
        int leased = 0;
        for (Slot<R> slot : all) {
            leased += slot.isLeased() ? 1 : 0;
        }
        return leased;
    }

    /** Leased ones with a resource, so far as can be seen: those that can come back. */
    public int lent() {
        int lent = 0;
        for (Slot<R> slot : all) {
            lent += slot.isLeased() && slot.resource() != null ? 1 : 0;
        }
        return lent;
    }

    /** How many hold a resource that is nobody's. */
    public int idle() {
        int idle = 0;
        for (Slot<R> slot : all) {
            idle += slot.isIdle() ? 1 : 0;
        }
        return idle;
    }

    /** Slots that belong to somebody now: leased, or being closed. */
    public int busy() {
        int busy = 0;
        for (Slot<R> slot : all) {
            busy += slot.isEmpty() || slot.isIdle() ? 0 : 1;
        }
        return busy;
    }

    /** How many are not empty. */
    public int used() {
        return used(all);
    }

    private static int used(Slot<?>[] slots) {
        int used = 0;
        for (Slot<?> slot : slots) {
            used += slot.isEmpty() ? 0 : 1;
        }
        return used;
    }

    /** How many leases have ended, of the slots there are now. Overflows; only differences have a meaning. */
    public int endedLeases() {
        int ended = 0;
        for (Slot<R> slot : all) {
            ended += slot.endedLeases();
        }
        return ended;
    }

    /** At each tick: one look at every lease. */
    public void observe(LeakWatch watch, Lifecycle<R> lifecycle, long nowNanos) {
        for (Slot<R> slot : all) {
            watch.observe(slot, nowNanos);
            R lent = slot.isLeased() ? slot.resource() : null;
            if (lent != null) {
                lifecycle.observeLent(lent, nowNanos);
            }
        }
    }

    /** Shows all that are lent to a holder. */
    public void forEachLent(Consumer<Slot<R>> visitor) {
        for (Slot<R> slot : all) {
            if (slot.isLeased() && slot.isLent()) {
                visitor.accept(slot);
            }
        }
    }

    private int home(Slot<R>[] slots) {
        return home(slots, spread);
    }

    private static int home(Slot<?>[] slots, int spread) {
        long hash = (Thread.currentThread().getId() * GOLDEN_RATIO) >>> 32;
        return (int) ((hash * Math.min(spread, slots.length)) >>> 32);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static <R> Slot<R>[] array(int length) {
        return (Slot<R>[]) new Slot[length];
    }
}

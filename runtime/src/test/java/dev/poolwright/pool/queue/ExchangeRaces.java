package dev.poolwright.pool.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.pool.Slots;
import dev.poolwright.pool.Waiter;
import dev.poolwright.time.Ticker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Who waits beside a slot or room (P4, P5), and who has what was handed over (P6). */
final class ExchangeRaces {

    private ExchangeRaces() {}

    /** An exchange of one place, which is lent. */
    abstract static class Lent {

        /** Of which nothing is ever disposed. */
        private static final QueuePool<String> POOL =
                new QueuePool<>(PoolSettings.DEFAULT, DisposeRaces.OPENS, LeakListener.silent());

        final Slots<String> slots = new Slots<>((taken, origin, heldNanos) -> {}, 1);
        final Growth growth = new Growth(1, 0);
        final Exchange<String> exchange = new Exchange<>(POOL, slots, growth, Ticker.SYSTEM);
        final Slot<String> slot = lent();

        private Slot<String> lent() {
            growth.reserve();
            Slot<String> place = slots.claimEmpty();
            place.fill("resource", 0, Long.MAX_VALUE);
            return place;
        }

        /** One that has come just now, and so is not starving. */
        static Waiter<String> waiter() {
            return Waiter.unserved(Ticker.SYSTEM.nanos());
        }
    }

    /** Hand-over against giving up. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "handed over, and taken")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "given up, and not handed over")
    @Outcome(expect = FORBIDDEN, desc = "a slot that nobody has, or two have")
    @State
    public static class HandOverAgainstGivingUp {

        private final Slot<String> slot = SlotRaces.leased();
        private final Waiter<String> waiter = Lent.waiter();

        @Actor
        public void returner(II_Result r) {
            r.r1 = waiter.offer(slot) ? 1 : 0;
        }

        @Actor
        public void waiting(II_Result r) {
            r.r2 = waiter.giveUp() ? 0 : waiter.handed() == slot && "resource".equals(slot.resource()) ? 1 : -1;
        }
    }

    /** One enlists and looks, one publishes and looks: found, or signalled. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1", "0, 1"},
            expect = ACCEPTABLE,
            desc = "found, or told to look again")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "asleep beside an idle slot")
    @State
    public static class NoWaiterSleepsBesideAnIdleSlot extends Lent {

        private final Waiter<String> waiter = waiter();
        private final int lease = slot.lease("to IDLE");

        @Actor
        public void waiting(II_Result r) {
            exchange.enlist(waiter);
            r.r1 = exchange.claimIdle() != null ? 1 : 0;
        }

        @Actor
        public void returner() {
            exchange.publish(slot, lease);
        }

        @Arbiter
        public void then(II_Result r) {
            r.r2 = waiter.takeSignal() ? 1 : 0;
        }
    }

    /** The same with room for one more. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "1, 1", "0, 1"},
            expect = ACCEPTABLE,
            desc = "found, handed over, or told to look again")
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "asleep beside room")
    @State
    public static class NoWaiterSleepsBesideRoom extends Lent {

        private final Waiter<String> waiter = waiter();

        @Actor
        public void waiting(II_Result r) {
            exchange.enlist(waiter);
            r.r1 = growth.reserve() ? 1 : 0;
        }

        @Actor
        public void returner() {
            slot.leasedToRetiring(slot.lease("to RETIRING"));
            slot.empty();
            exchange.givePlaceBack(slot);
        }

        @Arbiter
        public void then(II_Result r) {
            r.r2 = waiter.takeSignal() || waiter.handed() != null ? 1 : 0; // it may be starving by then
        }
    }

    /** The oldest waiter leaves as it is signalled: the next one hears of it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the next was told")
    @Outcome(expect = FORBIDDEN, desc = "asleep beside an idle slot")
    @State
    public static class ASignalToOneWhoLeavesReachesTheNext extends Lent {

        private final Waiter<String> oldest = waiter();
        private final Waiter<String> next = waiter();
        private final int lease = slot.lease("to IDLE");

        public ASignalToOneWhoLeavesReachesTheNext() {
            exchange.enlist(oldest);
            exchange.enlist(next);
        }

        @Actor
        public void leaves() {
            exchange.dismiss(oldest);
            exchange.passOn();
        }

        @Actor
        public void returner() {
            exchange.publish(slot, lease);
        }

        @Arbiter
        public void then(I_Result r) {
            r.r1 = next.takeSignal() ? 1 : 0;
        }
    }

    /** Suspended as a slot comes back (S1). */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "idle, and nobody can take it")
    @Outcome(expect = FORBIDDEN, desc = "taken while suspended")
    @State
    public static class NothingCanBeTakenWhileSuspended extends Lent {

        private final int lease = slot.lease("to IDLE");

        @Actor
        public void suspends() {
            exchange.suspend();
        }

        @Actor
        public void returner() {
            exchange.publish(slot, lease);
        }

        @Arbiter
        public void then(I_Result r) {
            r.r1 = slot.idleToLeased() || !slot.isIdle() ? 1 : 0;
        }
    }
}

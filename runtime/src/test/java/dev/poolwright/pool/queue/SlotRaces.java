package dev.poolwright.pool.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.pool.Slot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whose a slot is (P2), and how its lease ends once. */
final class SlotRaces {

    private SlotRaces() {}

    static Slot<String> idle() {
        Slot<String> slot = leased();
        slot.leasedToIdle(slot.lease("to IDLE"));
        return slot;
    }

    static Slot<String> leased() {
        Slot<String> slot = Slot.leased((taken, origin, heldNanos) -> {});
        slot.fill("resource", 0, Long.MAX_VALUE);
        return slot;
    }

    /** Two that want one slot: what the first wrote while it had it, the second sees; they never have it both. */
    @JCStressTest
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "one after the other")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one, and the other found it taken")
    @Outcome(expect = FORBIDDEN, desc = "both at once, or without what the other wrote")
    @State
    public static class OneOwnerAtATime {

        private final Slot<String> slot = idle();
        private int leases; // plain: published by the slot's word alone

        @Actor
        public void one(II_Result r) {
            r.r1 = lease();
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = lease();
        }

        private int lease() {
            if (!slot.idleToLeased()) {
                return 0;
            }
            int mine = ++leases;
            slot.leasedToIdle(slot.lease("to IDLE"));
            return mine;
        }
    }

    /** The borrower gives it back as the leak watch takes it away. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = FORBIDDEN, desc = "idle and closed at once, or neither")
    @State
    public static class CloseAgainstReclaim {

        private final Slot<String> slot = leased();
        private final int lease = slot.lease("to its end");

        @Actor
        public void borrower(II_Result r) {
            r.r1 = slot.leasedToIdle(lease) ? 1 : 0;
        }

        @Actor
        public void leakWatch(II_Result r) {
            r.r2 = slot.leasedToRetiring(lease) ? 1 : 0;
        }
    }

    /** The borrower gives it back in one step as another thread begins to use its handle (G3). */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "given back, and not shared")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "shared, and not given back in one step")
    @Outcome(expect = FORBIDDEN, desc = "a handle in use whose slot is somebody else's, or neither")
    @State
    public static class CloseInOneStepAgainstSharing {

        private final Slot<String> slot = leased();
        private final int word = slot.word();

        @Actor
        public void borrower(II_Result r) {
            r.r1 = slot.unsharedToIdle(word) ? 1 : 0;
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = slot.share(word) ? 1 : 0;
        }
    }
}

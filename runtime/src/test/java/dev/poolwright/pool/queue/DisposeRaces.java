package dev.poolwright.pool.queue;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Lifecycle;
import dev.poolwright.pool.PoolSettings;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Ticker;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Nothing that was opened before a dispose is idle after it (P7). */
final class DisposeRaces {

    private DisposeRaces() {}

    static final Lifecycle<String> OPENS = new Lifecycle<>() {
        @Override
        public String open() {
            return "resource";
        }

        @Override
        public boolean isAlive(String resource) {
            return true;
        }

        @Override
        public void close(String resource) {}
    };

    /** A pool that has opened one, which is lent. */
    abstract static class Lent {

        final QueuePool<String> pool = new QueuePool<>(
                PoolSettings.DEFAULT.withSize(1).withOverflow(0),
                OPENS,
                LeakListener.silent(),
                new Housekeeper(Ticker.SYSTEM, 0));
        final Slot<String> slot = pool.reserveBeyondCap();

        Lent() {
            pool.fill(slot, "resource");
        }

        final void tell(II_Result r) {
            r.r1 = (int) pool.stats().closed();
            r.r2 = pool.stats().idle();
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed by one of them")
    @Outcome(expect = FORBIDDEN, desc = "idle for ever, or closed twice")
    @State
    public static class DisposeAgainstReturn extends Lent {

        @Actor
        public void borrower() {
            pool.release(slot);
        }

        @Actor
        public void disposer() {
            pool.dispose();
        }

        @Arbiter
        public void then(II_Result r) {
            tell(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed by one of them")
    @Outcome(expect = FORBIDDEN, desc = "idle for ever, or closed twice")
    @State
    public static class DisposeAgainstReturnInOneStep extends Lent {

        @Actor
        public void borrower() {
            if (!pool.releaseUnshared(slot, slot.word())) {
                pool.release(slot);
            }
        }

        @Actor
        public void disposer() {
            pool.dispose();
        }

        @Arbiter
        public void then(II_Result r) {
            tell(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed at once, or at its return")
    @Outcome(expect = FORBIDDEN, desc = "idle for ever, or closed twice")
    @State
    public static class DisposeAgainstCheckOut extends Lent {

        private Slot<String> lent;

        public DisposeAgainstCheckOut() {
            pool.release(slot);
        }

        @Actor
        public void borrower() {
            lent = pool.tryAcquireIdle();
        }

        @Actor
        public void disposer() {
            pool.dispose();
        }

        @Arbiter
        public void then(II_Result r) {
            if (lent != null) {
                pool.release(lent);
            }
            tell(r);
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed, by whoever has it")
    @Outcome(expect = FORBIDDEN, desc = "open in a closed pool, or closed twice")
    @State
    public static class CloseOfThePoolAgainstReturn extends Lent {

        @Actor
        public void borrower() {
            pool.release(slot);
        }

        @Actor
        public void closer() {
            pool.close();
        }

        @Arbiter
        public void then(II_Result r) {
            tell(r);
        }
    }
}

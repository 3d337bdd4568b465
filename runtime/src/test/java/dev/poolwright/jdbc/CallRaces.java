package dev.poolwright.jdbc;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.poolwright.pool.Slot;
import java.sql.SQLException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A call and a close of one handle (G1..G4): as long as a call is in the driver, its connection is nobody else's. The handle
 * is made by the actor that borrows, because only that thread's calls are cheap ones; the other finds it, or comes too soon.
 */
final class CallRaces {

    private CallRaces() {}

    /** The handle of one lease. */
    static final class Lease extends CallGuard {

        private final Slot<String> slot;

        Lease(Slot<String> slot) {
            super(Thread.currentThread());
            this.slot = slot;
        }

        @Override
        int leaseWord() {
            return slot.word();
        }

        @Override
        boolean shareLease(int word) {
            return slot.share(word);
        }

        @Override
        int beginClosedCall() throws SQLException {
            throw new SQLException("closed");
        }

        @Override
        void failed(SQLException failure) {}
    }

    /** A lease, and whether the connection is somebody else's by now. */
    abstract static class Lent {

        final Slot<String> slot = Slot.leased((taken, origin, heldNanos) -> {});
        final int word = slot.word();
        volatile Lease handle;
        volatile boolean lentAgain;

        /** The handle, or null: the borrower is late. Without a wait the other would be ahead of it nearly always. */
        final Lease awaited() {
            for (int i = 0; i < 10_000 && handle == null; i++) {
                Thread.onSpinWait();
            }
            return handle;
        }

        /** 0: refused; 1: it had the connection for itself; 2: somebody else has it. */
        final int call(Lease lease) {
            int call = lease.tryBeginCall();
            if (call == CallGuard.REFUSED) {
                return 0;
            }
            boolean shared = lentAgain;
            // The driver at work, for longer than it takes from stopping the borrower to lending the connection.
            for (int i = 0; i < 10_000 && !shared; i++) {
                shared = lentAgain;
            }
            lease.endCall(call);
            return shared ? 2 : 1;
        }

        /** 0: closed before; 1: given back; 2: dropped, because of a call. */
        final int close(Lease lease) {
            switch (lease.beginClose()) {
                case QUIET:
                    lentAgain = true;
                    return 1;
                case CALL_IN_FLIGHT:
                    return 2;
                default:
                    return 0;
            }
        }

        final int closeInOneStep(Lease lease) {
            if (lease.beginCloseInOneStep()) {
                if (slot.unsharedToIdle(word)) {
                    lentAgain = true;
                    return 1;
                }
                lease.endCall(CallGuard.BY_OWNER);
            }
            return close(lease);
        }
    }

    @JCStressTest
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "called before the other had the handle")
    @Outcome(id = "1, [12]", expect = ACCEPTABLE, desc = "called, and closed after or meanwhile")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "closed before the call")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "closed as the call was about to begin, and dropped to be safe")
    @Outcome(expect = FORBIDDEN, desc = "a call reached a connection that was somebody else's")
    @State
    public static class CallOfTheBorrowerAgainstCloseByAnother extends Lent {

        @Actor
        public void borrower(II_Result r) {
            Lease lease = new Lease(slot);
            handle = lease;
            r.r1 = call(lease);
        }

        @Actor
        public void other(II_Result r) {
            Lease lease = awaited();
            r.r2 = lease == null ? -1 : close(lease);
        }
    }

    @JCStressTest
    @Outcome(id = "[12], -1", expect = ACCEPTABLE, desc = "closed before the other had the handle")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "closed before the call")
    @Outcome(id = "[12], 1", expect = ACCEPTABLE, desc = "called, and closed after or meanwhile")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "closed as the call was about to begin, and dropped to be safe")
    @Outcome(expect = FORBIDDEN, desc = "a call reached a connection that was somebody else's")
    @State
    public static class CallOfAnotherAgainstCloseInOneStep extends Lent {

        @Actor
        public void borrower(II_Result r) {
            Lease lease = new Lease(slot);
            handle = lease;
            r.r1 = closeInOneStep(lease);
        }

        @Actor
        public void other(II_Result r) {
            Lease lease = awaited();
            r.r2 = lease == null ? -1 : call(lease);
        }
    }

    @JCStressTest
    @Outcome(id = "1, -1", expect = ACCEPTABLE, desc = "closed before the other had the handle")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "by one of them")
    @Outcome(expect = FORBIDDEN, desc = "given back twice, or never")
    @State
    public static class TwoCloses extends Lent {

        @Actor
        public void borrower(II_Result r) {
            Lease lease = new Lease(slot);
            handle = lease;
            r.r1 = closeInOneStep(lease);
        }

        @Actor
        public void other(II_Result r) {
            Lease lease = awaited();
            r.r2 = lease == null ? -1 : close(lease);
        }
    }
}

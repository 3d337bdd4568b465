package dev.poolwright.jdbc;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls and the close of one borrow apart: a call that began before the close is seen by it, a call that begins
 * after it is refused.
 *
 * <p>Any thread may call and close. The thread that borrowed pays two plain stores a call, any other an atomic add.
 */
public abstract class CallGuard {
    /*
     * Shared: state (closed, shared, being taken, then the number of calls in flight by other threads, or nested, and above
     * that how many of those there were), mark (1 while the borrowing thread is in a call, -1 once that thread has closed
     * this in one step, else 0 or the stamp of whoever has looked), and the lease, which can be shared.
     *
     * G1  mark is written by the borrowing thread alone, so it needs no atomic operation; but for whoever looks, which puts a
     *     stamp in the place of 0. The next call overwrites it, whatever the order.           [CallGuardTest, StillnessTest]
     * G2  A call of another thread is counted in state before it reads the closed bit, in one atomic add: it sees
     *     closed, or the closer sees it.                                           [StaleHandleStressTest, CallRaces]
     * G3  The owner's close sees its own mark, and by one CAS of state that no other call is in flight; or, where nothing
     *     is to be cleaned, by the CAS that ends the lease, that no other thread has ever come here: whoever is not the
     *     owner shares the lease first, by a CAS of the same word. It shares its own lease and no later one: it reads the
     *     word, then sees the handle open, and the lease ends after the handle is closed. [StaleHandleStressTest, CallRaces]
     * G4  The owner's call stores mark, then reads state, without a fence between them: another thread's close could
     *     miss the mark in the owner's store buffer. So that close stops the owner once, by asking for its stack
     *     trace, after setting the closed bit and before it reads mark. The owner is stopped before its store, and
     *     reads "closed" after it, or after it, and the store is visible.          [StaleHandleStressTest, CallRaces]
     *     Whoever closes in the holder's place needs that as well, and knows only then whether the holder has moved: until
     *     it has decided, the closed bit has the taken bit beside it, and who finds both waits for the decision.
     *                                                                                     [StillnessTest]
     * G5  The store of mark after a call keeps this object reachable until the driver has returned, so it is not
     *     taken for leaked while it is at work.                                            [CallGuardTest]
     */

    /** A call by the borrowing thread; {@link #endCall} clears the mark. */
    static final int BY_OWNER = 0;

    /** A call by another thread, or from inside a call; {@link #endCall} counts it out. */
    static final int COUNTED = 1;

    /** The handle is closed: no call. */
    static final int REFUSED = -1;

    /** The handle is closed and what is called is closed as well, so that the driver may answer; nothing to end. */
    static final int AFTER_CLOSE = 2;

    /** Outcome of {@link #beginClose}. */
    enum Closing {
        /** Somebody closed it before. */
        ALREADY_CLOSED,
        /** Closed now, and no call is in flight: the connection may be cleaned and lent again. */
        QUIET,
        /** Closed now, but a call is still in the driver: the connection must never be lent again. */
        CALL_IN_FLIGHT
    }

    private static final int CLOSED = 1;
    private static final int SHARED = 2;
    /** Beside {@link #CLOSED}: whether it stays so is about to be decided. */
    private static final int TAKING = 4;

    /** About what it takes to decide: a stack trace. */
    private static final long DECISION_NANOS = 50_000;

    private static final int CALL = 8;

    /** The calls in flight: up to half a million, as many threads as no connection has. */
    private static final int IN_FLIGHT = 0x3ffff8;

    /** One call that began, in flight or not; overflows. */
    private static final int BEGUN = 0x400000;

    /** Of mark: the owner is in a call. */
    private static final int IN_CALL = 1;

    /** Of mark: what stamps differ by, so that they are even; 0 comes round once in a thousand million looks. */
    private static final int STAMP = 2;

    private static final AtomicInteger STAMPS = new AtomicInteger();

    /** Of mark: the owner has closed this, or is about to; whoever finds it is refused. Odd, as in a call. */
    private static final int CLOSED_IN_ONE_STEP = -1;

    private static final AtomicIntegerFieldUpdater<CallGuard> MARK =
            AtomicIntegerFieldUpdater.newUpdater(CallGuard.class, "mark");
    private static final AtomicIntegerFieldUpdater<CallGuard> STATE =
            AtomicIntegerFieldUpdater.newUpdater(CallGuard.class, "state");

    private final @Nullable Thread owner;
    private volatile int mark;
    private volatile int state;

    private static final byte NOTHING_SENT = 0;
    private static final byte TRANSACTION_ENDED = 1;
    private static final byte MAY_BE_OPEN = 2;

    /** Whether something was sent in this borrow, and whether it may have begun a transaction that has not ended since. */
    private byte sent;

    /**
     * Whether another thread than the borrower has worked here or ended a transaction: then {@link #sent}, which is
     * written with no regard to the order of the calls in the driver, proves nothing.
     */
    private boolean shared;

    /** @param owner the borrowing thread, or null for a handle that is never used itself */
    CallGuard(@Nullable Thread owner) {
        this.owner = owner;
    }

    /** The lease's word now, to be shared; of a later lease once this one has ended. */
    abstract int leaseWord();

    /** Shares the lease if that is still its word; from then on it is not ended but by a close that has set the closed bit. */
    abstract boolean shareLease(int word);

    /**
     * A call came too late: {@link #AFTER_CLOSE} if a closed connection of the driver can say so itself.
     *
     * @throws SQLException there is none to be asked; the driver's words, as far as they are known
     */
    abstract int beginClosedCall() throws SQLException;

    /**
     * Begins a call into the driver.
     *
     * @return what to hand to {@link #endCall}
     * @throws SQLException the handle is closed; the driver's own words for it
     */
    public final int beginCall() throws SQLException {
        int call = tryBeginCall();
        return call == REFUSED ? beginClosedCall() : call;
    }

    /** As {@link #beginCall}, for a call that may begin a transaction. */
    public final int beginWork() throws SQLException {
        int call = beginCall();
        touch(call);
        return call;
    }

    /** As {@link #beginCall}, for a vendor's method that declares no {@code SQLException}. */
    public final int beginCallUnchecked() {
        int call = tryBeginCall();
        if (call == REFUSED) {
            try {
                call = beginClosedCall();
            } catch (SQLException closed) {
                throw new IllegalStateException(closed);
            }
        }
        touch(call);
        return call;
    }

    final void touch(int call) {
        sent = MAY_BE_OPEN;
        if (call != BY_OWNER) {
            shared = true;
        }
    }

    /** Begins a call unless the handle is closed: {@link #REFUSED}. */
    final int tryBeginCall() {
        // The mark is odd already in a call from inside a call (a driver calling back): that one is counted.
        int before = mark;
        if (owner != Thread.currentThread() || (before & 1) != 0) {
            return tryBeginCountedCall();
        }
        MARK.lazySet(this, IN_CALL); // a constant: to count calls would make each wait for the store of the one before
        if ((state & CLOSED) == 0) {
            return BY_OWNER;
        }
        MARK.lazySet(this, 0);
        return isReopened() ? tryBeginCall() : REFUSED;
    }

    /** For who found this closed: whether it is open after all, once that is decided. */
    private boolean isReopened() {
        int seen = state;
        while ((seen & TAKING) != 0) {
            LockSupport.parkNanos(this, DECISION_NANOS);
            seen = state;
        }
        return (seen & CLOSED) == 0;
    }

    private int tryBeginCountedCall() {
        if (!isShared()) {
            return REFUSED;
        }
        if ((STATE.getAndAdd(this, CALL + BEGUN) & CLOSED) == 0) {
            return COUNTED;
        }
        STATE.getAndAdd(this, -CALL);
        return isReopened() ? tryBeginCountedCall() : REFUSED;
    }

    /** Whether the lease is shared, by now; false if this is closed. */
    private boolean isShared() {
        while ((state & SHARED) == 0) {
            int word = leaseWord(); // before the look whether this is open: then it is the word of this lease (G3)
            if (isClosedHandle()) {
                return false;
            }
            if (shareLease(word)) {
                setShared();
            }
        }
        return true;
    }

    private void setShared() {
        int seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, seen | SHARED));
    }

    /** Ends a call. */
    public final void endCall(int call) {
        if (call == BY_OWNER) {
            MARK.lazySet(this, 0);
        } else if (call == COUNTED) {
            STATE.getAndAdd(this, -CALL);
        }
    }

    /** Ends a call that threw: looks at what it threw and gives it back to be thrown on. */
    public final Throwable failCall(int call, Throwable failure) {
        endCall(call);
        if (failure instanceof SQLException) {
            failed((SQLException) failure);
        }
        return failure;
    }

    /** A call threw {@code failure}: a chance to see that the connection is dead. */
    abstract void failed(SQLException failure);

    /** Whether this handle was closed. */
    final boolean isClosedHandle() {
        return mark == CLOSED_IN_ONE_STEP || ((state & CLOSED) != 0 && !isReopened());
    }

    /** Whether something was sent since the last transaction ended, as far as one thread can tell. */
    final boolean isTouched() {
        return sent == MAY_BE_OPEN;
    }

    /** Whether a transaction may be open; true as well where calls of several threads met and nobody can tell. */
    final boolean mayHaveTransaction() {
        return sent == MAY_BE_OPEN || shared;
    }

    /** Whether anything was sent in this borrow; true as well where nobody can tell. */
    final boolean hasWorked() {
        return sent != NOTHING_SENT || shared;
    }

    final void transactionEnded(int call) {
        if (sent != NOTHING_SENT) {
            sent = TRANSACTION_ENDED;
        }
        if (call != BY_OWNER) {
            shared = true;
        }
    }

    /** A store that keeps this object reachable until here: a close in progress must not be taken for a leak (G5). */
    final void stayReachable() {
        sent = NOTHING_SENT;
    }

    /**
     * The first half of a close in one step: everybody is refused from here on. The second is to end the lease, if it is not
     * shared; who cannot calls {@link #endCall} with {@link #BY_OWNER} and closes as usual.
     *
     * @return false if the caller is not the owner, or in a call, or others have been here
     */
    final boolean beginCloseInOneStep() {
        if (owner != Thread.currentThread() || (mark & 1) != 0 || state != 0) {
            return false;
        }
        MARK.lazySet(this, CLOSED_IN_ONE_STEP);
        return true;
    }

    /** Closes this handle for ever; only one caller gets an answer other than {@link Closing#ALREADY_CLOSED}. */
    final Closing beginClose() {
        boolean byOwner = owner == Thread.currentThread();
        if (byOwner ? mark == CLOSED_IN_ONE_STEP : !isShared()) {
            return Closing.ALREADY_CLOSED;
        }
        if (byOwner && (mark & 1) == 0 && closeQuietly()) {
            return Closing.QUIET; // G3
        }
        while (!closeOnce()) {
            if (!isReopened()) {
                return Closing.ALREADY_CLOSED;
            }
        }
        boolean proven = byOwner || stopOwnerOnce();
        return proven && !isInCall() ? Closing.QUIET : Closing.CALL_IN_FLIGHT;
    }

    /** Whether a call is in flight, as far as the caller can see; the closer that has stopped the owner sees all. */
    final boolean isInCall() {
        return (mark & 1) != 0 || (state & IN_FLIGHT) != 0;
    }

    /** For the borrower, in a call: whether another thread, or a call from inside a call, is in one. */
    final boolean isCalledByOthers() {
        return (state & IN_FLIGHT) != 0;
    }

    /**
     * Begins to close this in its holder's place; {@link #endTaking} must follow, and soon.
     *
     * @return false if it is closed, or in use
     */
    final boolean beginTaking() {
        if (!isShared()) {
            return false;
        }
        int seen = state;
        return (seen & (CLOSED | IN_FLIGHT)) == 0 && STATE.compareAndSet(this, seen, seen | CLOSED | TAKING);
    }

    /** For who is taking this: whether no call has begun since its activity was {@code before}, and none is in flight. */
    final boolean isStillSince(long before) {
        return stopOwnerOnce() && activity() == before && !isInCall();
    }

    /** Leaves this closed for ever, or as open as it was. */
    final void endTaking(boolean closed) {
        int seen;
        do {
            seen = state;
        } while (!STATE.compareAndSet(this, seen, seen & (closed ? ~TAKING : ~(TAKING | CLOSED))));
    }

    /**
     * Differs from what it was before any call that has begun in between, unless those were a multiple of a thousand by other
     * threads than the borrower. Any thread.
     */
    final long activity() {
        int seen = mark;
        if (seen == 0) {
            seen = STAMPS.addAndGet(STAMP);
            MARK.compareAndSet(this, 0, seen); // if not, it is in a call, or somebody else looks: neither is still
        }
        return ((long) seen << 32) | (state & ~(BEGUN - 1));
    }

    private boolean closeQuietly() {
        int seen = state;
        return (seen & (CLOSED | IN_FLIGHT)) == 0 && STATE.compareAndSet(this, seen, seen | CLOSED);
    }

    private boolean closeOnce() {
        for (; ; ) {
            int seen = state;
            if ((seen & CLOSED) != 0) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen | CLOSED)) {
                return true;
            }
        }
    }

    /** What the borrowing thread is doing now; empty if it has ended, or may not be asked. */
    final StackTraceElement[] stackOfOwner() {
        Thread asked = owner;
        try {
            return asked == null ? new StackTraceElement[0] : asked.getStackTrace();
        } catch (SecurityException refused) {
            return new StackTraceElement[0];
        }
    }

    /**
     * Makes every earlier store of the owner visible (G4). A dead owner's are.
     *
     * @return false if that is refused: then nothing is known of the owner
     */
    private boolean stopOwnerOnce() {
        Thread stopped = owner;
        if (stopped != null && stopped.isAlive()) {
            try {
                StackTraceElement[] stack = stopped.getStackTrace();
                assert stack != null;
            } catch (SecurityException refused) {
                return false;
            }
        }
        return true;
    }
}

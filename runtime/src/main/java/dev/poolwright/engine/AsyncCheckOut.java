package dev.poolwright.engine;

import dev.poolwright.event.ConnectionRejectedException;
import dev.poolwright.jdbc.ConnectionOptions;
import dev.poolwright.jdbc.EngineConnection;
import dev.poolwright.jdbc.PhysicalConnection;
import dev.poolwright.leak.Origin;
import dev.poolwright.pool.Receiver;
import dev.poolwright.pool.Slot;
import dev.poolwright.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Engine#getConnectionAsync}: turns the slot that the pool finds into a connection on the thread that
 * completes. Any thread.
 *
 * <p>What the pool tells is told by threads that serve others as well, or by the caller: they run nothing of the application's,
 * not even its executor, which may run what it is given at once. That one is called by the engine's completers.
 */
final class AsyncCheckOut implements Receiver<PhysicalConnection> {

    private final Engine engine;
    private final CheckOuts checkOuts;
    private final @Nullable Origin origin;
    private final Executor completesOn;
    private final ConnectionOptions options;
    private final CompletableFuture<Connection> future = new CompletableFuture<>();
    private final Deadline deadline;
    private final long start;
    private int rejected; // of whoever completes, one at a time
    private int asked; // the same
    private volatile boolean completing;
    private final LatestPending pending = new LatestPending();

    /** @param origin the line that asks, or null */
    AsyncCheckOut(
            Engine engine,
            CheckOuts checkOuts,
            @Nullable Origin origin,
            Executor completesOn,
            ConnectionOptions options) {
        this.engine = engine;
        this.checkOuts = checkOuts;
        this.origin = origin;
        this.completesOn = completesOn;
        this.options = options;
        this.deadline = checkOuts.deadline();
        this.start = engine.startOfCheckOut();
    }

    CompletableFuture<Connection> begin() {
        CompletableFuture<Connection> unused = future.whenComplete((connection, failure) -> {
            if (!completing) {
                pending.cancel(); // somebody else has: it is cancelled
            }
        });
        ask();
        return future;
    }

    private void ask() {
        int number = ++asked; // before: the answer may come, and the next be asked for, before this goes on
        try {
            pending.begun(number, engine.pool().checkOutLater(deadline, this));
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        if (future.isDone() && !completing) {
            pending.cancel(); // it was, while there was nothing to be cancelled
        }
    }

    @Override
    public void receive(Slot<PhysicalConnection> slot) {
        Delivery delivery;
        try {
            delivery = new Delivery(slot, null);
        } catch (Throwable noMemory) {
            engine.pool().release(slot);
            fail(noMemory);
            return;
        }
        delivery.begin();
    }

    @Override
    public void refused(Throwable why) {
        if (future.isDone()) {
            return;
        }
        Delivery delivery;
        try {
            delivery = new Delivery(null, why);
        } catch (Throwable noMemory) {
            fail(why);
            return;
        }
        delivery.begin();
    }

    /**
     * A slot, or a failure, on its way to the thread that completes. An executor may keep what it throws for, and run it later:
     * whoever wins {@code ended} has the slot.
     */
    private final class Delivery implements Runnable {

        private final @Nullable Slot<PhysicalConnection> slot;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final @Nullable Throwable why;

        Delivery(@Nullable Slot<PhysicalConnection> slot, @Nullable Throwable why) {
            this.slot = slot;
            this.why = why;
        }

        /** Throws nothing. */
        void begin() {
            try {
                Executor ours = engine.completers();
                ours.execute(completesOn == ours ? this : this::handOn);
            } catch (Throwable noThread) {
                refuse(noThread);
            }
        }

        private void handOn() {
            try {
                completesOn.execute(this);
            } catch (Throwable refused) {
                refuse(refused);
            }
        }

        @Override
        public void run() {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            try {
                if (slot == null) {
                    fail(told(why));
                } else {
                    deliver(slot);
                }
            } catch (Throwable failure) {
                fail(failure); // whatever it is: somebody waits for the end
            }
        }

        private void refuse(Throwable thrown) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (slot == null) {
                Throwable told = told(why);
                suppress(thrown, told);
                fail(told);
            } else {
                try {
                    engine.pool().release(slot);
                } finally {
                    fail(thrown);
                }
            }
        }
    }

    private void fail(Throwable why) {
        completing = true;
        future.completeExceptionally(why);
    }

    private Throwable told(@Nullable Throwable why) {
        Throwable known = why == null ? new IllegalStateException("neither a slot nor a failure") : why;
        try {
            return checkOuts.toldLater(known, start);
        } catch (Throwable thrown) {
            suppress(thrown, known);
            return known;
        }
    }

    private static void suppress(Throwable second, Throwable first) {
        if (second != first) {
            first.addSuppressed(second);
        }
    }

    private void deliver(Slot<PhysicalConnection> slot) {
        if (future.isDone()) {
            engine.pool().release(slot);
            return;
        }
        if (deadline.isPast()) { // its executor was in no hurry
            engine.pool().release(slot);
            fail(checkOuts.tooLate(deadline, start));
            return;
        }
        Connection connection;
        try {
            connection = admitted(engine.lendLater(slot, start, origin));
        } catch (ConnectionRejectedException why) {
            if (++rejected < Engine.MOST_REJECTIONS) {
                ask();
            } else {
                fail(Failures.rejected(engine.info(), rejected, why));
            }
            return;
        } catch (Throwable failure) {
            fail(failure);
            return;
        }
        completing = true;
        if (!future.complete(connection)) {
            giveBack(connection); // cancelled at this moment
        }
    }

    private Connection admitted(Connection lent) throws SQLException {
        engine.admit(lent);
        boolean set = false;
        try {
            options.applyTo(lent);
            set = true;
            return lent;
        } finally {
            if (!set) {
                giveBack(lent);
            }
        }
    }

    private void giveBack(Connection lent) {
        try {
            lent.close();
        } catch (SQLException | RuntimeException refused) {
            abandon(lent); // a driver that refuses to close: nobody else has it
        }
    }

    private static void abandon(Connection lent) {
        try {
            lent.unwrap(EngineConnection.class).invalidate(null);
        } catch (SQLException closed) {
            // As it was to be.
        }
    }
}

package dev.poolwright.session;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The session of wherever the calling thread is: one for each thread, or for each scope of the caller's, opened when it is
 * first asked for. Whoever ends the scope calls {@link #remove}; a thread that dies, or a scope that is forgotten, does not
 * close its session.
 *
 * <p>Safe for any thread; the sessions are each for one at a time.
 */
public final class ScopedSession {

    private final SessionFactory factory;
    private final Place place;

    private ScopedSession(SessionFactory factory, Place place) {
        this.factory = factory;
        this.place = place;
    }

    static ScopedSession ofThread(SessionFactory factory) {
        return new ScopedSession(factory, new OfThread());
    }

    static ScopedSession of(SessionFactory factory, Supplier<?> scope) {
        return new ScopedSession(factory, new OfScope(scope));
    }

    /**
     * The session of this scope.
     *
     * @throws IllegalStateException if the scope is the caller's and says null: the thread is in none
     */
    public Session current() {
        return place.open(factory);
    }

    /** Whether this scope has a session that is open. */
    public boolean isPresent() {
        Session known = place.get();
        return known != null && known.isOpen();
    }

    /**
     * Closes the session of this scope, if there is one, and forgets it: what was not committed is rolled back.
     *
     * @throws SQLException as {@link Session#close}; it is forgotten all the same
     */
    public void remove() throws SQLException {
        Session known = place.take();
        if (known != null) {
            known.close();
        }
    }

    /**
     * {@code task} in a scope of its own, wherever it runs: for executors, whose threads do one after the other. Of sessions by
     * thread only; a scope of the caller's is the caller's to pass on.
     */
    public <T extends @Nullable Object> Callable<T> task(Callable<T> task) {
        if (!(place instanceof OfThread)) {
            throw new IllegalStateException("the scope is the caller's: have it follow the task");
        }
        return () -> {
            Session around = place.take(); // of whoever runs its tasks in its own thread
            try {
                T result = task.call();
                remove();
                return result;
            } catch (Throwable failure) {
                try {
                    remove();
                } catch (Throwable alsoFailed) {
                    if (alsoFailed != failure) {
                        failure.addSuppressed(alsoFailed);
                    }
                }
                throw failure;
            } finally {
                place.put(around);
            }
        };
    }

    /**
     * As {@link #task(Callable)}, for what returns nothing and may throw: {@code executor.submit(scoped.task(..))} keeps what it
     * throws for whoever asks the future.
     */
    public Callable<@Nullable Void> task(ScopedAction action) {
        return this.<@Nullable Void>task((Callable<@Nullable Void>) () -> {
            action.run();
            return null;
        });
    }

    /**
     * As {@link #task(ScopedAction)}, for executors that take no {@link Callable} and work that throws nothing.
     *
     * @throws IllegalStateException where {@link #task} does; the task itself throws one if its session cannot be closed
     */
    public Runnable runnable(Runnable task) {
        Callable<@Nullable Void> call = task((ScopedAction) task::run);
        return () -> {
            try {
                call.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException("the session of the task could not be closed", failure);
            }
        };
    }

    /** Where the session of a scope is kept. */
    private abstract static class Place {

        abstract @Nullable Session get();

        /** The one that is open, or else a new one. */
        abstract Session open(SessionFactory factory);

        /** The one there is, which is forgotten. */
        abstract @Nullable Session take();

        abstract void put(@Nullable Session session);
    }

    /** Leaves no entry behind in a thread whose session was removed. */
    private static final class OfThread extends Place {

        @SuppressWarnings("ThreadLocalUsage") // of one ScopedSession: another has sessions of its own
        private final ThreadLocal<@Nullable Session> sessions = new ThreadLocal<>();

        @Override
        @Nullable
        Session get() {
            Session known = sessions.get();
            if (known == null) {
                sessions.remove(); // the look has made an entry
            }
            return known;
        }

        @Override
        Session open(SessionFactory factory) {
            Session known = sessions.get();
            if (known == null || !known.isOpen()) {
                known = factory.open();
                sessions.set(known);
            }
            return known;
        }

        @Override
        @Nullable
        Session take() {
            Session known = sessions.get();
            sessions.remove();
            return known;
        }

        @Override
        void put(@Nullable Session session) {
            if (session == null) {
                sessions.remove();
            } else {
                sessions.set(session);
            }
        }
    }

    private static final class OfScope extends Place {

        private final Supplier<?> scope;
        private final ConcurrentHashMap<Object, Session> sessions = new ConcurrentHashMap<>();

        OfScope(Supplier<?> scope) {
            this.scope = scope;
        }

        private Object key() {
            Object key = scope.get();
            if (key == null) {
                throw new IllegalStateException("no scope: this thread is in none that could have a session");
            }
            return key;
        }

        @Override
        @Nullable
        Session get() {
            return sessions.get(key());
        }

        /** One, whichever thread of the scope asks first. */
        @Override
        Session open(SessionFactory factory) {
            return sessions.compute(key(), (key, known) -> known != null && known.isOpen() ? known : factory.open());
        }

        @Override
        @Nullable
        Session take() {
            return sessions.remove(key());
        }

        @Override
        void put(@Nullable Session session) {
            throw new IllegalStateException("the scope is the caller's");
        }
    }
}

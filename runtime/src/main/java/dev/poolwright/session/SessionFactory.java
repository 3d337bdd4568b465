package dev.poolwright.session;

import dev.poolwright.event.EngineListener;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions of one data source, an {@code Engine} for one, and says how they work.
 *
 * <p>Immutable: each setter returns another factory. Safe for any thread.
 */
public final class SessionFactory {

    /** Rows of one batch: 100, beyond which drivers gain little and hold much. */
    private static final int DEFAULT_BATCH = 100;

    private final DataSource source;
    private final int batchSize;
    private final @Nullable EngineListener listener;
    private final AtomicLong accidents;

    private SessionFactory(DataSource source, int batchSize, @Nullable EngineListener listener, AtomicLong accidents) {
        this.source = source;
        this.batchSize = batchSize;
        this.listener = listener;
        this.accidents = accidents;
    }

    /** A factory of sessions whose connections are of {@code source}. */
    public static SessionFactory of(DataSource source) {
        return new SessionFactory(source, DEFAULT_BATCH, null, new AtomicLong());
    }

    /**
     * The same with another limit.
     *
     * @param rows how many rows one batch may have, from 1 on; 100 unless set
     */
    public SessionFactory batchSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a batch has at least one row, not " + rows);
        }
        return new SessionFactory(source, rows, listener, accidents);
    }

    /** The same, whose sessions tell {@code hears} of opening, flush, commit, rollback and close; null = nobody. */
    public SessionFactory listener(@Nullable EngineListener hears) {
        return new SessionFactory(source, batchSize, hears, accidents);
    }

    /** A new session, to be closed by the caller. Takes no connection yet. */
    public Session open() {
        return new Session(source, batchSize, new Told(listener, accidents));
    }

    /**
     * Does {@code work} in a session of its own, and commits; whatever it throws, the session is rolled back and it is thrown on.
     * Closed in any case.
     *
     * @return what the work returns
     * @throws SQLException of the work, or if the commit fails; what fails on the way back is suppressed in it
     * @throws X            of the work
     */
    public <T extends @Nullable Object, X extends Exception> T inSession(SessionWork<T, X> work)
            throws SQLException, X {
        Session session = open();
        try {
            T result = work.with(session);
            session.commit();
            session.close();
            return result;
        } catch (Throwable failure) {
            try {
                session.close();
            } catch (Throwable alsoFailed) {
                if (alsoFailed != failure) {
                    failure.addSuppressed(alsoFailed);
                }
            }
            throw failure;
        }
    }

    /** As {@link #inSession}, for work that returns nothing. */
    public <X extends Exception> void useSession(SessionAction<X> work) throws SQLException, X {
        this.<Boolean, X>inSession(session -> {
            work.with(session);
            return Boolean.TRUE; // nobody asks
        });
    }

    /**
     * Failures that were kept from the application: of the listener, and of giving back a connection whose transaction had ended
     * well. Of all factories that were made from one another.
     */
    public long accidents() {
        return accidents.get();
    }

    /** Sessions by thread: each thread has its own. */
    public ScopedSession scoped() {
        return ScopedSession.ofThread(this);
    }

    /**
     * Sessions by a scope of the caller's, a request for one.
     *
     * @param scope the scope that the calling thread is in: anything that equals itself and nothing else
     */
    public ScopedSession scoped(Supplier<?> scope) {
        return ScopedSession.of(this, scope);
    }
}

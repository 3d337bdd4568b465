package dev.poolwright.jdbc;

import dev.poolwright.event.EngineListener;
import dev.poolwright.sql.IdleEffect;
import dev.poolwright.sql.Verdict;
import dev.poolwright.time.Ticker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands for a {@code Statement}, {@code PreparedStatement} or {@code CallableStatement}. */
public abstract class StatementHandle extends ChildHandle implements Statement {

    private static final int CLOSED = -1;
    private static final int OF_CLOSED = -2;

    /**
     * Statements in the batch; {@link #CLOSED} once the application has closed this one, {@link #OF_CLOSED} for one that
     * a closed connection of the driver has made.
     */
    private int batched;

    /** What was prepared, if running that means anything to others than the caller; null = nothing. */
    private @Nullable Verdict ofPrepared;

    /** What the texts of the batch mean for idle connections; null = nothing. */
    private @Nullable IdleEffect ofBatch;

    /**
     * The latest result and the latest keys that were handed out, to be the same object when asked for again. Strong: the
     * driver's statement keeps its own as well, and a statement that is dropped takes them along.
     */
    private @Nullable ResultSetHandle current;

    private @Nullable ResultSetHandle keys;

    protected StatementHandle(ConnectionHandle connection) {
        super(connection);
    }

    private Statement raw() {
        return (Statement) poolwrightRaw();
    }

    @Override
    public final @Nullable Connection getConnection() throws SQLException {
        // Asked, in case a closed statement has none; that reaches no server, so also after the connection's close.
        int call = connection.tryBeginCall();
        try {
            Statement of = call == CallGuard.REFUSED ? statementOfClosed() : null;
            return (of == null ? raw() : of).getConnection() == null ? null : connection;
        } finally {
            connection.endCall(call);
        }
    }

    /** Not every driver's connection closes its statements; ours has: then the driver's object says the wrong thing. */
    private boolean isClosedByUs() throws SQLException {
        return connection.lending().reuse() && batched >= 0 && !isLeftOpen() && raw().isClosed();
    }

    /** A statement of a closed connection to be asked instead of this, if this would say the wrong thing, or null. */
    private @Nullable Statement statementOfClosed() throws SQLException {
        ClosedConnection closed = connection.lending().closedConnection();
        if (closed == null || batched == OF_CLOSED) {
            return null;
        }
        if (batched == CLOSED) {
            return closed.closedStatement();
        }
        return isClosedByUs() || !connection.isGone() ? closed.statement() : null;
    }

    /** A closed connection of the driver has made this: it reaches nobody. */
    final void madeAfterClose() {
        batched = OF_CLOSED;
    }

    @Override
    int beginRefusedCall() throws SQLException {
        ClosedConnection closed = connection.lending().closedConnection();
        if (batched == OF_CLOSED || (connection.isGone() && !isClosedByUs())) {
            return CallGuard.AFTER_CLOSE;
        }
        SQLException told = closed == null ? null : closed.failureOfStatement(batched == CLOSED);
        throw told == null ? connection.closedException() : told;
    }

    /** An execution that is refused ends what was left open, as if it were the driver that refuses it. */
    @Override
    boolean answersAfterClose(String method) {
        if (method.startsWith("execute") && isLeftOpen() && outlivingAnswers("getMoreResults")) {
            endResults();
        }
        return super.answersAfterClose(method);
    }

    private void endResults() {
        try {
            raw().getMoreResults(Statement.CLOSE_ALL_RESULTS);
        } catch (SQLException notSupported) {
            // They stay, then.
        }
    }

    /** Sets it for this statement, or where the driver keeps one for all of them, for the rest of this borrow. */
    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        int call = beginCall("setQueryTimeout");
        try {
            connection.changeQueryTimeout(call);
            raw().setQueryTimeout(seconds);
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    /**
     * What another thread cancels may have ended by itself at that moment, and then some servers cancel whatever comes
     * next: that must not be a statement of the next borrower.
     */
    @Override
    public final void cancel() throws SQLException {
        Statement ofClosed = connection.isClosedHandle() ? statementOfClosed() : null;
        if (ofClosed != null) {
            ofClosed.cancel(); // by a timer that was not told: some drivers say nothing then
            return;
        }
        int call = beginCall("cancel");
        try {
            if (call == CallGuard.COUNTED) {
                connection.markEscaped();
            }
            raw().cancel();
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    public final boolean isClosed() throws SQLException {
        if (!isRefused() || batched == OF_CLOSED) {
            return raw().isClosed();
        }
        ClosedConnection closed = connection.lending().closedConnection();
        if (closed != null && closed.closesStatements()) {
            closeLate();
        }
        return !isLeftOpen() || raw().isClosed();
    }

    @Override
    public final void close() throws SQLException {
        int call = connection.tryBeginCall();
        if (call == CallGuard.REFUSED && !connection.isGone() && batched != OF_CLOSED) {
            closeLate();
            return;
        }
        try {
            raw().close();
            batched = CLOSED;
            connection.childClosed(this, call);
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        int call = beginCall("closeOnCompletion");
        try {
            raw().closeOnCompletion();
            connection.closesUnseen();
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    @Override
    final void closeRaw() throws SQLException {
        raw().close();
    }

    @Override
    final boolean isRawClosed() {
        try {
            return raw().isClosed();
        } catch (SQLException | RuntimeException | LinkageError untold) {
            return false; // a LinkageError: a driver older than the method
        }
    }

    @Override
    final List<ResultSetHandle> openRows() {
        List<ResultSetHandle> rows = new ArrayList<>(2);
        if (current != null) {
            rows.add(current);
        }
        if (keys != null) {
            rows.add(keys);
        }
        return rows;
    }

    /** Closes this after the close of the connection: what was left open for its rows. */
    private void closeLate() throws SQLException {
        if (isLeftOpen()) {
            for (ResultSetHandle rows : openRows()) {
                rows.closeLate();
            }
            if (answersAfterClose("close")) {
                raw().close();
            }
            connection.closedLate(this);
        }
        batched = CLOSED;
    }

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        int call = beginCall("getResultSet");
        try {
            ResultSet raw = raw().getResultSet();
            return raw == null ? null : result(raw, call);
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    /** The handle for a result of this statement: the one it has already where the driver's object is the same. */
    final ResultSet result(ResultSet raw, int call) {
        ResultSetHandle known = current;
        if (known != null && known.poolwrightRaw() == raw) {
            return known;
        }
        ResultSet handle = connection.newResultSet(raw, this, call);
        current = handle instanceof ResultSetHandle ? (ResultSetHandle) handle : null;
        return handle;
    }

    @Override
    public final @Nullable ResultSet getGeneratedKeys() throws SQLException {
        int call = beginCall("getGeneratedKeys");
        try {
            ResultSet raw = raw().getGeneratedKeys();
            ResultSetHandle known = keys;
            if (raw == null || (known != null && known.poolwrightRaw() == raw)) {
                return raw == null ? null : known;
            }
            ResultSet handle = connection.newResultSet(raw, this, call);
            keys = handle instanceof ResultSetHandle ? (ResultSetHandle) handle : null;
            return handle;
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    /** The one look at {@code sql}, which is to be run or put into a batch: called by the generated class, outside the call. */
    public final @Nullable Verdict poolwrightLooks(@Nullable String sql) {
        return connection.poolwrightLooks(sql);
    }

    /** A text is about to be run: called by the generated class, outside the call. */
    public final void poolwrightRuns(@Nullable Verdict text) {
        begins(effect(text));
    }

    /** A text is to be run, or put into a batch: called by the generated class, inside the call. */
    public final void poolwrightGives(@Nullable Verdict text, int call) {
        connection.gives(text, call);
    }

    /** It was run: called by the generated class, inside the call. */
    public final void poolwrightRan(@Nullable Verdict text) {
        if (text != null && !text.isOnlyRead()) {
            ran(text);
        }
    }

    private void ran(Verdict text) {
        connection.physical().ran(text.work());
        ended(effect(text));
    }

    /** {@code statement} was prepared from a text: called by the generated class of the connection. */
    public static void poolwrightPrepared(@Nullable Object statement, @Nullable Verdict text) {
        if (statement instanceof StatementHandle) {
            ((StatementHandle) statement).ofPrepared = text == null || text.isOnlyRead() ? null : text;
        }
    }

    private static @Nullable IdleEffect effect(@Nullable Verdict text) {
        return text == null || text.onIdle() == IdleEffect.NONE ? null : text.onIdle();
    }

    /** What was prepared is about to be run: called by the generated class, outside the call. */
    public final void poolwrightRunsPrepared() {
        begins(effect(ofPrepared));
    }

    /** It was run: called by the generated class, inside the call. */
    public final void poolwrightRanPrepared() {
        if (ofPrepared != null) {
            ran(ofPrepared);
        }
    }

    private void begins(@Nullable IdleEffect effect) {
        if (effect != null) {
            connection.lending().beforeRunning(effect);
        }
    }

    private void ended(@Nullable IdleEffect effect) {
        if (effect != null) {
            connection.lending().afterRunning(effect);
        }
    }

    /** {@code addBatch} of a text succeeded: called by the generated class. */
    public final void poolwrightBatched(@Nullable Verdict text) {
        batched++;
        IdleEffect effect = effect(text);
        if (effect != null && (ofBatch == null || effect.compareTo(ofBatch) > 0)) {
            ofBatch = effect;
        }
    }

    /** {@code addBatch} succeeded: called by the generated class. */
    public final void poolwrightBatched() {
        if (batched >= 0) {
            batched++;
        }
    }

    /** {@code clearBatch} succeeded: called by the generated class. */
    public final void poolwrightBatchCleared() {
        if (batched >= 0) {
            batched = 0;
        }
        ofBatch = null;
    }

    /** What the batch means for idle connections: its texts, or what was prepared; null = nothing. */
    private @Nullable IdleEffect batchBegins() {
        IdleEffect effect = ofBatch == null ? effect(ofPrepared) : ofBatch;
        begins(effect);
        return effect;
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        IdleEffect effect = batchBegins();
        int call = beginWork("executeBatch");
        long start = batchStart();
        SQLException failed = null;
        try {
            batchRuns(call);
            return raw().executeBatch();
        } catch (SQLException failure) {
            failed = failure;
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
            ended(effect);
            batchEnded(start, failed);
        }
    }

    @Override
    public final long[] executeLargeBatch() throws SQLException {
        IdleEffect effect = batchBegins();
        int call = beginWork("executeLargeBatch");
        long start = batchStart();
        SQLException failed = null;
        try {
            batchRuns(call);
            return raw().executeLargeBatch();
        } catch (SQLException failure) {
            failed = failure;
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
            ended(effect);
            batchEnded(start, failed);
        }
    }

    private void batchRuns(int call) {
        if (call != CallGuard.AFTER_CLOSE && batched > 0) { // otherwise the connection may be somebody else's
            connection.physical().ran(Verdict.Work.WRITES); // one that fails may have done a part
        }
    }

    private long batchStart() {
        return connection.lending().listener() == null ? 0 : Ticker.SYSTEM.nanos();
    }

    private void batchEnded(long start, @Nullable SQLException failure) {
        int size = Math.max(0, batched);
        if (batched >= 0) {
            batched = 0;
        }
        ofBatch = null;
        EngineListener listener = connection.lending().listener();
        if (listener != null && start != 0) {
            try {
                listener.batchExecuted(connection.lending().engine(), size, start, Ticker.SYSTEM.nanos(), failure);
            } catch (Throwable accident) {
                connection.lending().accident(accident);
            }
        }
    }

    @Override
    public final <T> T unwrap(@Nullable Class<T> type) throws SQLException {
        return unwrapTo(type);
    }

    @Override
    public final boolean isWrapperFor(@Nullable Class<?> type) throws SQLException {
        return wraps(type);
    }
}

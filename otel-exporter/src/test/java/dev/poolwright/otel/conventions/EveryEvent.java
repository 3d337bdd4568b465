package dev.poolwright.otel.conventions;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionReset;
import dev.poolwright.event.SessionStep;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.event.UncommittedClose;
import dev.poolwright.time.Ticker;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything an engine and sessions can tell, well and badly, of a database that is named in full and of one that is not. */
final class EveryEvent {

    private static final EngineInfo ORDERS = new EngineInfo(
            "db:5433/orders@app", "jdbc:postgresql://db:5433/orders", "app", "postgresql", "orders", "db", 5433);
    private static final EngineInfo UNKNOWN =
            new EngineInfo("odd:thing", "jdbc:odd:thing", null, "other_sql", null, null, -1);
    private static final SessionInfo SESSION = new SessionInfo("hibernate", "Session");
    private static final SessionInfo SQL_SESSION = new SessionInfo("mybatis", "SqlSession");
    private static final List<StackTraceElement> STACK =
            List.of(new StackTraceElement("com.acme.OrderDao", "save", "OrderDao.java", 41));
    private static final long SECOND = 1_000_000_000;

    private final EngineListener hears;

    private EveryEvent(EngineListener hears) {
        this.hears = hears;
    }

    static void tell(EngineListener hears) {
        EveryEvent events = new EveryEvent(hears);
        for (EngineInfo engine : List.of(ORDERS, UNKNOWN)) {
            events.pool(engine);
            events.calls(engine, null);
            events.calls(engine, new SQLException("row of Jane", "23505", 7));
            events.leaks(engine);
        }
        events.sessions();
    }

    private void pool(EngineInfo engine) {
        hears.engineOpened(engine, () -> new EngineStats(5, 10, 6, 2, 1, 9, 1));
        hears.connectionOpened(engine, SECOND, null);
        hears.connectionOpened(engine, SECOND, new SQLException("password of Jane"));
        hears.checkedOut(engine, 1);
        hears.checkedOut(engine, SECOND);
        hears.checkoutTimedOut(engine, SECOND);
        hears.checkedIn(engine, SECOND);
        for (SessionReset.Outcome outcome : SessionReset.Outcome.values()) {
            hears.sessionReset(engine, new SessionReset(outcome, "setting", "SET search_path", 1));
        }
    }

    private void calls(EngineInfo engine, @Nullable Throwable failure) {
        long now = Ticker.SYSTEM.nanos();
        for (TransactionEnd how : TransactionEnd.values()) {
            hears.transactionEnded(engine, how, now - SECOND, now, failure);
        }
        for (int size : new int[] {-1, 0, 1, 2}) {
            hears.batchExecuted(engine, size, now - SECOND, now, failure);
        }
    }

    private void leaks(EngineInfo engine) {
        for (Leak.Kind kind : Leak.Kind.values()) {
            for (Leak.Action action : Leak.Action.values()) {
                Leak leak = new Leak(kind, action, engine, kind.name(), "unknown", STACK, "worker-3", SECOND);
                hears.leaked(kind == Leak.Kind.SESSION ? leak : leak.after("select stock from article where id = ?"));
            }
        }
        hears.leaked(new Leak(
                Leak.Kind.SESSION, Leak.Action.HELD_AT_EXIT, null, "Session", "unknown", List.of(), "?", SECOND));
        hears.closedUncommitted(new UncommittedClose(engine, "unknown", STACK, "worker-3", 1, true));
        hears.closedUncommitted(new UncommittedClose(engine, "unknown", STACK, "worker-3", 10, false));
    }

    private void sessions() {
        hears.sessionOpened(SESSION);
        hears.sessionOpened(SQL_SESSION);
        hears.sessionClosed(SQL_SESSION);
        for (SessionStep step : SessionStep.values()) {
            hears.sessionStepped(SESSION, step, 1, 2, null);
            hears.sessionStepped(SQL_SESSION, step, 1, 2, new IllegalStateException("row of Jane"));
        }
        for (Flush.Trigger trigger : Flush.Trigger.values()) {
            flush(new Flush(SESSION, trigger, 9, 2, 1, 4), null);
            flush(
                    new Flush(SQL_SESSION, trigger, 3, 0, 0, 0).inStatements(2),
                    new IllegalStateException("row of Jane"));
        }
    }

    private void flush(Flush flush, @Nullable Throwable failure) {
        hears.flushEnded(flush, hears.flushStarted(flush), failure);
    }
}

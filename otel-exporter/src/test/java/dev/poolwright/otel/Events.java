package dev.poolwright.otel;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import dev.poolwright.event.EngineStats;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.TransactionEnd;
import dev.poolwright.time.Ticker;
import java.util.Collections;

/** A few events as an engine would tell them. */
final class Events {

    static final EngineInfo ORDERS = new EngineInfo(
            "db:5432/orders@app", "jdbc:postgresql://db/orders", "app", "postgresql", "orders", "db", -1);
    static final SessionInfo SESSION = new SessionInfo("hibernate", "Session");

    private Events() {}

    static void commit(EngineListener listener) {
        long now = Ticker.SYSTEM.nanos();
        listener.transactionEnded(ORDERS, TransactionEnd.COMMIT, now - 1_842_000, now, null);
    }

    /** An engine opened, a flush with a batch in it, a commit, and a leaked connection. */
    static void everything(EngineListener listener) {
        listener.engineOpened(ORDERS, () -> new EngineStats(5, 10, 1, 2, 0, 3, 0));
        listener.connectionOpened(ORDERS, 12_000_000, null);
        listener.checkedOut(ORDERS, 12_100_000);
        Flush flush = new Flush(SESSION, Flush.Trigger.COMMIT, 2, 0, 0, 0);
        Object started = listener.flushStarted(flush);
        long now = Ticker.SYSTEM.nanos();
        listener.batchExecuted(ORDERS, 2, now - 500_000, now, null);
        listener.flushEnded(flush, started, null);
        commit(listener);
        listener.checkedIn(ORDERS, 20_000_000);
        listener.leaked(new Leak(
                Leak.Kind.CONNECTION,
                Leak.Action.RECLAIMED,
                ORDERS,
                "connection of " + ORDERS.name(),
                "com.acme.OrderDao.save(OrderDao.java:41)",
                Collections.singletonList(new StackTraceElement("com.acme.OrderDao", "save", "OrderDao.java", 41)),
                "worker-3",
                2_100_000_000L));
    }
}

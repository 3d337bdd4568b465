package java.sql;

import java.util.Properties;
import javax.sql.DataSource;

/**
 * The one class between woven code and the agent, defined inside module {@code java.sql}: whoever can see
 * {@link DriverManager} can see it, whatever the class loader.
 *
 * <p>Woven code calls the static methods; the gate, in the agent's own class loader, implements the abstract ones.
 * Nothing of ours can fail through here: an accident of the gate goes to {@link #suppressed} and the call goes on as if
 * there were no agent. What the application is meant to see travels as a value, the <em>verdict</em>: null (go on), the
 * connection to return, or the throwable to throw, which happens outside the catch.
 *
 * <p>Every {@code enter*} that went on is followed by exactly one exit on the same thread, whatever happens between:
 * {@code leaveDriverManager}, {@code exitDriver} or {@code failDriver}, {@code exitDataSource} or
 * {@code failDataSource}, {@code exitRaw}, {@code sessionLeft}, {@code callLeft}.
 * An enter that returned or threw a verdict is over and has no exit. A body may be made to run twice, between one enter
 * and one exit: where its server has refused one more connection and one of ours was given up. Any thread may call.
 */
public abstract class PoolwrightHook {

    /** From the numbers of the points of one library whose sessions are watched to those of the next. */
    public static final int LIBRARY = 16;

    /** {@code commit()}. */
    public static final int CALL_COMMIT = 1;

    /** {@code rollback()}. */
    public static final int CALL_ROLLBACK = 2;

    /** {@code rollback(Savepoint)}. */
    public static final int CALL_ROLLBACK_TO_SAVEPOINT = 3;

    /** {@code setAutoCommit(boolean)}. */
    public static final int CALL_SET_AUTO_COMMIT = 4;

    /** {@code executeBatch()} and {@code executeLargeBatch()}. */
    public static final int CALL_BATCH = 5;

    private static volatile PoolwrightHook gate;

    /** For the gate only. */
    protected PoolwrightHook() {}

    /**
     * Puts the gate behind all woven code.
     *
     * @param successor null switches everything off
     */
    public static void install(PoolwrightHook successor) {
        gate = successor;
    }

    // ---- DriverManager's private worker

    /** First thing in {@code DriverManager.getConnection(String, Properties, Class)}; null = run the original body. */
    public static Connection enterDriverManager(String url, Properties info, Class<?> caller) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return null;
        }
        Object verdict = null;
        try {
            verdict = mine.driverManagerEntered(url, info, caller);
        } catch (Throwable accident) {
            report(mine, "enterDriverManager", accident);
        }
        return carryOut(verdict);
    }

    /** In place of the worker's call of {@code driver.connect(url, info)}; the driver's exceptions pass unchanged. */
    public static Connection connect(Driver driver, String url, Properties info) throws SQLException {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return driver.connect(url, info);
        }
        Object token = null;
        try {
            token = mine.connecting(driver, url, info);
        } catch (Throwable accident) {
            report(mine, "connecting", accident);
        }
        Connection raw;
        try {
            raw = driver.connect(url, info);
        } catch (SQLException refused) {
            if (!madeRoom(mine, url, refused)) {
                throw refused;
            }
            raw = connectAgain(driver, url, info, refused);
        }
        if (raw == null) {
            return null;
        }
        try {
            Connection handedOut = mine.connected(token, raw);
            return handedOut != null ? handedOut : raw;
        } catch (Throwable accident) {
            report(mine, "connected", accident);
            return raw;
        }
    }

    /** Where that fails as well, the application sees what it would have seen without us. */
    private static Connection connectAgain(Driver driver, String url, Properties info, SQLException refused)
            throws SQLException {
        try {
            return driver.connect(url, info);
        } catch (SQLException refusedAgain) {
            throw refused;
        }
    }

    /** Last thing in the worker, at its normal and its exceptional exits. */
    public static void leaveDriverManager() {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.driverManagerLeft();
        } catch (Throwable accident) {
            report(mine, "leaveDriverManager", accident);
        }
    }

    /** First thing in {@code DriverManager.deregisterDriver}. */
    public static void driverDeregistered(Driver driver) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.driverGone(driver);
        } catch (Throwable accident) {
            report(mine, "driverDeregistered", accident);
        }
    }

    // ---- Drivers, by whomever they are called

    /**
     * First thing in a {@code connect(String, Properties)} that a class declares; null = run the original body.
     *
     * @param self any object; one that is no {@link Driver} is none of our business, here and at the exits
     * @param declaring name of the class this body belongs to: that of {@code self}, or a superclass
     */
    public static Connection enterDriver(Object self, String declaring, String url, Properties info) {
        PoolwrightHook mine = gate;
        if (mine == null || !(self instanceof Driver)) {
            return null;
        }
        Object verdict = null;
        try {
            verdict = mine.driverEntered((Driver) self, declaring, url, info);
        } catch (Throwable accident) {
            report(mine, "enterDriver", accident);
        }
        return carryOut(verdict);
    }

    /**
     * The normal exit of such a method.
     *
     * @param raw what the original body returned; null where the driver does not accept the URL
     * @return what the caller gets
     */
    public static Connection exitDriver(Connection raw, Object self) {
        PoolwrightHook mine = gate;
        if (mine == null || !(self instanceof Driver)) {
            return raw;
        }
        Connection handedOut = raw;
        if (raw != null) {
            try {
                handedOut = mine.driverConnected((Driver) self, raw);
            } catch (Throwable accident) {
                report(mine, "exitDriver", accident);
            }
        }
        leaveDriver(mine, (Driver) self);
        return handedOut != null ? handedOut : raw;
    }

    /**
     * The exceptional exit of such a method, unless this says that the body is to run once more.
     *
     * @param earlier what the body threw before it was run again, or null
     * @return what leaves the method: the driver's own exception, of the first time if there were two; null = once more
     */
    public static Throwable failDriver(Throwable failure, Throwable earlier, Object self, String url) {
        PoolwrightHook mine = gate;
        if (mine != null && self instanceof Driver) {
            if (earlier == null && madeRoom(mine, url, failure)) {
                return null;
            }
            leaveDriver(mine, (Driver) self);
        }
        return earlier != null && failure instanceof SQLException ? earlier : failure;
    }

    private static void leaveDriver(PoolwrightHook mine, Driver self) {
        try {
            mine.driverLeft(self);
        } catch (Throwable accident) {
            report(mine, "leaveDriver", accident);
        }
    }

    // ---- DataSources

    /**
     * First thing in a {@code getConnection} that a class declares; null = run the original body.
     *
     * @param self any object; one that is no {@link DataSource} is none of our business, here and at the exits
     * @param declaring name of the class this body belongs to: that of {@code self}, or a superclass
     * @param withCredentials whether it is {@code getConnection(user, password)}; else both are null
     */
    public static Connection enterDataSource(
            Object self, String declaring, String user, String password, boolean withCredentials) {
        PoolwrightHook mine = gate;
        if (mine == null || !(self instanceof DataSource)) {
            return null;
        }
        Object verdict = null;
        try {
            verdict = mine.dataSourceEntered((DataSource) self, declaring, user, password, withCredentials);
        } catch (Throwable accident) {
            report(mine, "enterDataSource", accident);
        }
        return carryOut(verdict);
    }

    /**
     * The normal exit of such a method.
     *
     * @param raw what the original body returned, possibly null
     * @return what the application gets
     */
    public static Connection exitDataSource(Connection raw, Object self) {
        PoolwrightHook mine = gate;
        if (mine == null || !(self instanceof DataSource)) {
            return raw;
        }
        Connection handedOut = raw;
        if (raw != null) {
            try {
                handedOut = mine.dataSourceConnected((DataSource) self, raw);
            } catch (Throwable accident) {
                report(mine, "exitDataSource", accident);
            }
        }
        leaveDataSource(mine, (DataSource) self);
        return handedOut != null ? handedOut : raw;
    }

    /** As {@link #failDriver}, of such a method. */
    public static Throwable failDataSource(Throwable failure, Throwable earlier, Object self) {
        PoolwrightHook mine = gate;
        if (mine != null && self instanceof DataSource) {
            if (earlier == null && madeRoom(mine, null, failure)) {
                return null;
            }
            leaveDataSource(mine, (DataSource) self);
        }
        return earlier != null && failure instanceof SQLException ? earlier : failure;
    }

    private static void leaveDataSource(PoolwrightHook mine, DataSource self) {
        try {
            mine.dataSourceLeft(self);
        } catch (Throwable accident) {
            report(mine, "leaveDataSource", accident);
        }
    }

    /** First thing in {@code getXAConnection} and {@code getPooledConnection}: what happens inside stays untouched. */
    public static void enterRaw() {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.rawEntered();
        } catch (Throwable accident) {
            report(mine, "enterRaw", accident);
        }
    }

    /** Every exit of those methods. */
    public static void exitRaw() {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.rawLeft();
        } catch (Throwable accident) {
            report(mine, "exitRaw", accident);
        }
    }

    // ---- sessions of an ORM

    /**
     * First thing in a method of a library whose sessions are watched. Of a constructor that throws there is no exit.
     *
     * @param point what happens there, and {@link #LIBRARY} times the number of the library
     * @param self the object whose method it is, or another that it was called with; null for a constructor
     * @param argument what it was called with, where that says anything; else null
     * @return handed to {@link #sessionLeft}; may be null
     */
    public static Object sessionEntered(int point, Object self, Object argument) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return null;
        }
        try {
            return mine.sessionPointEntered(point, self, argument);
        } catch (Throwable accident) {
            report(mine, "sessionEntered", accident);
            return null;
        }
    }

    /**
     * Every exit of that method.
     *
     * @param thrown what ended it, which goes on unchanged; null at a normal exit
     */
    public static void sessionLeft(int point, Object self, Object token, Throwable thrown) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.sessionPointLeft(point, self, token, thrown);
        } catch (Throwable accident) {
            report(mine, "sessionLeft", accident);
        }
    }

    // ---- connections that another pool keeps, and what it hands out

    /** First thing in {@code close()} and {@code abort} of what another pool handed out. */
    public static void connectionCloses(Object self) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.handOutCloses(self);
        } catch (Throwable accident) {
            report(mine, "connectionCloses", accident);
        }
    }

    /**
     * First thing in a method of a driver that ends a transaction or runs a batch.
     *
     * @param call one of the constants of this class
     * @param on   what {@link #CALL_SET_AUTO_COMMIT} sets; of no meaning for the others
     * @return handed to {@link #callLeft}; may be null
     */
    public static Object callEntered(int call, Object self, boolean on) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return null;
        }
        try {
            return mine.observedCallEntered(call, self, on);
        } catch (Throwable accident) {
            report(mine, "callEntered", accident);
            return null;
        }
    }

    /**
     * Every exit of that method.
     *
     * @param result what it returns; null if it returns nothing, or throws
     * @param thrown what ended it, which goes on unchanged; null at a normal exit
     */
    public static void callLeft(Object result, Object self, Object token, Throwable thrown) {
        if (token == null) {
            return;
        }
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.observedCallLeft(self, token, result, thrown);
        } catch (Throwable accident) {
            report(mine, "callLeft", accident);
        }
    }

    /** A driver's connection that another pool keeps has made a statement; null if it made none. */
    public static void statementMade(Object statement) {
        PoolwrightHook mine = gate;
        if (mine == null || statement == null) {
            return;
        }
        try {
            mine.observedStatementMade(statement);
        } catch (Throwable accident) {
            report(mine, "statementMade", accident);
        }
    }

    /** First thing in every method that runs a driver's statement. */
    public static void statementRuns(Object self) {
        PoolwrightHook mine = gate;
        if (mine == null) {
            return;
        }
        try {
            mine.observedStatementRuns(self);
        } catch (Throwable accident) {
            report(mine, "statementRuns", accident);
        }
    }

    // ---- the gate's side; each may throw anything, which is suppressed

    /**
     * The application asks DriverManager for a connection. Must count the entry before anything that can fail:
     * {@link #driverManagerLeft} follows unless this returns a verdict.
     *
     * @return null = go on, a Connection to return, or a Throwable to throw
     */
    protected abstract Object driverManagerEntered(String url, Properties info, Class<?> caller);

    /**
     * DriverManager is about to call this driver; it may still refuse the URL by returning null, which is not told.
     *
     * @return handed to {@link #connected}; may be null
     */
    protected abstract Object connecting(Driver driver, String url, Properties info);

    /**
     * The driver connected.
     *
     * @param token from {@link #connecting}; null if that failed
     * @return what DriverManager returns: a handle, or raw; null means raw
     */
    protected abstract Connection connected(Object token, Connection raw);

    /**
     * Somebody who opens a connection threw {@code failure}.
     *
     * @param url what it was asked for, or null: a data source
     * @return whether that says that the server has no room, and there is some now: then it is asked once more
     */
    protected abstract boolean makesRoom(String url, Throwable failure);

    /** The worker is over: with a connection, with an exception, or without a suitable driver. */
    protected abstract void driverManagerLeft();

    /** A driver is being deregistered, if DriverManager lets the caller. */
    protected abstract void driverGone(Driver driver);

    /**
     * Somebody asks a driver for a connection: the application, a pool, DriverManager, or a driver that wraps this one.
     * Must count the entry before anything that can fail: {@link #driverLeft} follows unless this returns a verdict.
     *
     * @return null = go on, a Connection to return, or a Throwable to throw
     */
    protected abstract Object driverEntered(Driver self, String declaring, String url, Properties info);

    /**
     * The original body returned a connection; {@link #driverLeft} follows.
     *
     * @return what the caller gets: a handle, or raw; null means raw
     */
    protected abstract Connection driverConnected(Driver self, Connection raw);

    /** The original body is over: with a connection, with an exception, or with null for a URL of somebody else. */
    protected abstract void driverLeft(Driver self);

    /**
     * The application, or another data source, asks a DataSource for a connection. Must count the entry before
     * anything that can fail: {@link #dataSourceLeft} follows unless this returns a verdict.
     *
     * @return null = go on, a Connection to return, or a Throwable to throw
     */
    protected abstract Object dataSourceEntered(
            DataSource self, String declaring, String user, String password, boolean withCredentials);

    /**
     * The original body returned a connection; {@link #dataSourceLeft} follows.
     *
     * @return what the caller gets: a handle, or raw; null means raw
     */
    protected abstract Connection dataSourceConnected(DataSource self, Connection raw);

    /** The original body is over, however it ended. */
    protected abstract void dataSourceLeft(DataSource self);

    /** A pooled or XA connection is being made on this thread; these nest. */
    protected abstract void rawEntered();

    /** It is made, or failed. */
    protected abstract void rawLeft();

    /** See {@link #sessionEntered}. */
    protected abstract Object sessionPointEntered(int point, Object self, Object argument);

    /** See {@link #sessionLeft}. */
    protected abstract void sessionPointLeft(int point, Object self, Object token, Throwable thrown);

    /** See {@link #connectionCloses}. */
    protected abstract void handOutCloses(Object self);

    /** See {@link #callEntered}. */
    protected abstract Object observedCallEntered(int call, Object self, boolean on);

    /** See {@link #callLeft}; the token is not null. */
    protected abstract void observedCallLeft(Object self, Object token, Object result, Throwable thrown);

    /** See {@link #statementMade}. */
    protected abstract void observedStatementMade(Object statement);

    /** See {@link #statementRuns}. */
    protected abstract void observedStatementRuns(Object self);

    /**
     * One of the methods above threw.
     *
     * @param where the static method it happened in
     */
    protected abstract void suppressed(String where, Throwable accident);

    // ----

    private static boolean madeRoom(PoolwrightHook mine, String url, Throwable failure) {
        try {
            return mine.makesRoom(url, failure);
        } catch (Throwable accident) {
            report(mine, "madeRoom", accident);
            return false;
        }
    }

    private static Connection carryOut(Object verdict) {
        if (verdict instanceof Throwable) {
            PoolwrightHook.<RuntimeException>throwAsIs((Throwable) verdict);
        }
        return verdict instanceof Connection ? (Connection) verdict : null;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAsIs(Throwable verdict) throws T {
        throw (T) verdict;
    }

    private static void report(PoolwrightHook mine, String where, Throwable accident) {
        try {
            mine.suppressed(where, accident);
        } catch (Throwable nobodyLeftToTell) {
            // The application's call matters more than the count of our accidents.
        }
    }
}

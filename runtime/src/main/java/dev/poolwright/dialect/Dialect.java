package dev.poolwright.dialect;

import dev.poolwright.dialect.clean.SessionCleaner;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.Verdicts;
import dev.poolwright.sql.database.StandardSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What an engine must know of a database to lend its connections again without anybody noticing.
 *
 * <p>The methods here are the careful answers for a database nothing is known of; a dialect overrides what it knows
 * better. Without state of its own, and safe for any thread.
 */
public abstract class Dialect {

    private volatile @Nullable Verdicts verdicts;

    /** What the texts of this database may leave on a session; the same for all engines. */
    public Verdicts verdicts() {
        Verdicts known = verdicts;
        if (known == null) {
            known = new Verdicts(syntax());
            verdicts = known;
        }
        return known;
    }

    /** How its SQL is read. */
    protected Syntax syntax() {
        return new StandardSyntax();
    }

    /**
     * How sessions of one engine are made new again after SQL text has changed them; null = not at all: such connections
     * are closed.
     */
    public @Nullable SessionCleaner newCleaner() {
        return null;
    }

    /**
     * Makes the session forget the last key it has made, which somebody else had.
     *
     * @return false if that cannot be done
     */
    public boolean forgetKeys(Connection raw) throws SQLException {
        return false;
    }

    /**
     * Makes the session answer as a new one does when it is asked what the statement before did: how many rows, which
     * warnings.
     *
     * @return whether anything was sent
     */
    public boolean forgetLast(Connection raw) throws SQLException {
        return false;
    }

    /** OpenTelemetry's {@code db.system.name}. */
    public abstract String system();

    /** Whether connections of any URL of this database may be served: asked at every call. */
    public boolean isServed() {
        return true;
    }

    /**
     * How connections are served by an agent that nobody configured: asked once per engine.
     *
     * @param info what the call gives besides the URL, where most of what decides may be given as well
     * @throws RuntimeException {@code info} cannot be read
     */
    public abstract Pooling pooling(String url, @Nullable Properties info);

    /** Where {@code url} points. */
    public DatabaseAddress address(String url) {
        return new DatabaseAddress(withoutSecrets(url), null, -1, null);
    }

    /** What the driver's {@code close()} does to an open transaction. */
    public CloseInTransaction closeInTransaction() {
        return CloseInTransaction.ROLLBACK;
    }

    /** Whether {@code failure} says that the connection it came from is dead. */
    public boolean isDisconnect(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && state.startsWith("08"));
    }

    /** Whether {@code failure} says that the server has no room for one more connection. */
    public boolean isTooManyConnections(SQLException failure) {
        return false;
    }

    /**
     * Whether a transaction is open although the connection is in auto-commit mode, begun by SQL text; asked without a
     * round trip, so only where the driver knows.
     */
    public boolean isTransactionOpen(Connection raw) {
        return false;
    }

    /**
     * Whether a savepoint of this driver is only a name to whatever connection it is used with: then one of another
     * connection does what the server says, whoever had that connection. H2's, HSQLDB's and Derby's belong to the one
     * they were made with; of DB2's, whose classes have no names, that is assumed.
     */
    public boolean isSavepointOnlyAName() {
        return false;
    }

    /** Whether {@code Statement.setQueryTimeout} sets it for the whole session, and so for whoever has it next. */
    public boolean isQueryTimeoutOfSession() {
        return false;
    }

    /**
     * Brings back the schema of a connection.
     *
     * @param schema what {@code getSchema()} said before it was changed
     */
    public void restoreSchema(Connection raw, @Nullable String schema) throws SQLException {
        raw.setSchema(schema);
    }

    /**
     * Whether {@code raw} is in a transaction in which its driver refuses to close it, as far as the driver knows; only
     * asked where {@link #closeInTransaction} says so.
     */
    public boolean refusesClose(Connection raw) {
        return false;
    }

    /** Ends a transaction that SQL text began while the connection is in auto-commit mode. */
    public void rollbackBySql(Connection raw) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    /**
     * Whether an object that a vendor's own method returned is a plain value, so that keeping it past the close of
     * its connection cannot reach the next borrower.
     */
    public boolean isVendorValue(Class<?> type) {
        return type.isEnum();
    }

    /**
     * Whether {@code raw} still reaches its server, asked with one round trip. Leaves no transaction open.
     *
     * @throws SQLException it does not, or cannot tell
     */
    public boolean isAlive(Connection raw, int timeoutSeconds) throws SQLException {
        String query = pingQuery();
        if (query == null) {
            return raw.isValid(timeoutSeconds);
        }
        try {
            return raw.isValid(timeoutSeconds);
        } catch (AbstractMethodError | java.sql.SQLFeatureNotSupportedException olderThanJdbc4) {
            return answers(raw, query, timeoutSeconds);
        }
    }

    /** A query for drivers that are older than {@code isValid}; null = what cannot be asked is dead. */
    protected @Nullable String pingQuery() {
        return null;
    }

    /** Whether {@code query} runs on {@code raw}; what it begins is ended again. */
    protected static boolean answers(Connection raw, String query, int timeoutSeconds) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.setQueryTimeout(timeoutSeconds);
            statement.execute(query);
        }
        if (!raw.getAutoCommit()) {
            raw.rollback();
        }
        return true;
    }

    /**
     * Whether {@code method} of {@code raw}, a value, a description or the like, is answered by this driver from memory,
     * in whatever state it is and whatever became of its connection. Then it is asked after the close as well: it reaches
     * nobody.
     *
     * @param method its name; of the interface of JDBC, or of the vendor's
     */
    public boolean answersOffline(Object raw, String method) {
        return false;
    }

    /** Whether {@code raw} is a statement or rows, and closed: what some drivers' objects are to be asked then. */
    static boolean isClosed(Object raw) {
        try {
            return raw instanceof Statement
                    ? ((Statement) raw).isClosed()
                    : raw instanceof ResultSet && ((ResultSet) raw).isClosed();
        } catch (SQLException untold) {
            return false;
        }
    }

    /**
     * Whether the driver lets {@code rows}, which are open, be read although their connection is closed, all that is
     * left of them is in memory, and what {@code statement} may hold on the server does no harm there. Such rows are
     * left open at the close: there are programs that close the connection and read on. Asked before the close; may ask
     * the server.
     *
     * @param statement of these rows; null for one of the driver's own
     */
    public boolean rowsOutliveConnection(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return false;
    }

    /**
     * Whether {@code method} of {@code raw} is answered from memory: rows that were found to {@linkplain
     * #rowsOutliveConnection outlive} their connection, or the statement or the description of such rows.
     */
    public boolean outlivingAnswers(Object raw, String method) {
        return false;
    }

    /** The exception that objects of {@code raw}'s driver throw after their connection was closed. */
    public SQLException closed(Connection raw) {
        return new SQLNonTransientConnectionException("The connection is closed", "08003");
    }

    /** {@code url} up to its first parameter, user information left out. */
    protected static String withoutParameters(String url) {
        int end = url.length();
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == ';' || c == '?') {
                end = i;
                break;
            }
        }
        String bare = url.substring(0, end);
        int slashes = bare.indexOf("//");
        int at = bare.lastIndexOf('@');
        return slashes >= 0 && at > slashes ? bare.substring(0, slashes + 2) + bare.substring(at + 1) : bare;
    }

    /** As much of a URL of an unknown form as cannot be a name, a password or a parameter. */
    private static String withoutSecrets(String url) {
        String bare = withoutParameters(url);
        int at = bare.lastIndexOf('@');
        if (at >= 0) {
            int subprotocolEnd = bare.indexOf(':', bare.indexOf(':') + 1);
            bare = bare.substring(0, subprotocolEnd + 1) + bare.substring(at + 1); // user/password@host
        }
        int parameter = bare.indexOf('=');
        return parameter < 0 ? bare : bare.substring(0, Math.max(0, bare.lastIndexOf(':', parameter)));
    }
}

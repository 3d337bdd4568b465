package dev.poolwright.dialect;

import java.sql.Connection;
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
 * better. Stateless and safe for any thread.
 */
public abstract class Dialect {

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

    /** What running {@code sql}, all its statements, means for idle connections: the strongest effect of one. */
    public final IdleEffect effectOnIdle(String sql) {
        IdleEffect strongest = IdleEffect.NONE;
        for (int start = 0; start >= 0; start = IdleEffect.nextStatement(sql, start)) {
            IdleEffect effect = effectOnIdle(sql, start);
            strongest = effect.compareTo(strongest) > 0 ? effect : strongest;
        }
        return strongest;
    }

    /** The same of the statement that begins at {@code start}. */
    protected IdleEffect effectOnIdle(String sql, int start) {
        LeadingWords words = new LeadingWords(sql, start);
        String verb = words.next();
        if (verb.equals("SHUTDOWN")) {
            return IdleEffect.IN_THE_WAY;
        }
        if (!verb.equals("DROP") && !verb.equals("ALTER") && !verb.equals("CREATE")) {
            return IdleEffect.NONE;
        }
        switch (words.next()) {
            case "DATABASE":
                return IdleEffect.IN_THE_WAY;
            case "USER":
            case "ROLE":
            case "LOGIN":
                // One that is gone, or has another password, must not be served by what it opened before.
                return verb.equals("CREATE") ? IdleEffect.NONE : IdleEffect.IN_THE_WAY;
            default:
                return IdleEffect.NONE;
        }
    }

    /**
     * Brings back the schema of a connection.
     *
     * @param schema what {@code getSchema()} said before it was changed
     */
    public void restoreSchema(Connection raw, @Nullable String schema) throws SQLException {
        raw.setSchema(schema);
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

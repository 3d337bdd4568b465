package dev.poolwright.dialect;

import dev.poolwright.dialect.clean.PostgresCleaner;
import dev.poolwright.dialect.clean.SessionCleaner;
import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.dialect.driver.PostgresOffline;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.PostgresSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** PostgreSQL with pgjdbc. */
final class PostgresDialect extends Dialect {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final int DEFAULT_PORT = 5432;
    private static final String CLOSED = "This connection has been closed.";

    /** Known from the server's last message; versions before 9.4.1208 tell it in another class. */
    static final ClassValue<DriverCode.Path> TRANSACTION_STATE = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return DriverCode.Path.of(
                    driverClass,
                    new String[] {"org.postgresql.core.BaseConnection.getTransactionState"},
                    new String[] {"org.postgresql.jdbc2.AbstractJdbc2Connection.getTransactionState"});
        }
    };

    static Dialect make() {
        return new PostgresDialect();
    }

    @Override
    protected Syntax syntax() {
        return new PostgresSyntax();
    }

    @Override
    public SessionCleaner newCleaner() {
        return new PostgresCleaner();
    }

    @Override
    public boolean forgetKeys(Connection raw) throws SQLException {
        SessionCleaner.execute(raw, "DISCARD SEQUENCES");
        return true;
    }

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        String rest = bare.substring(PREFIX.length());
        if (!rest.startsWith("//")) {
            return new DatabaseAddress(bare, "localhost", DEFAULT_PORT, rest.isEmpty() ? null : rest);
        }
        int slash = rest.indexOf('/', 2);
        Servers servers = new Servers(slash < 0 ? rest.substring(2) : rest.substring(2, slash), DEFAULT_PORT);
        String database = slash < 0 || slash + 1 == rest.length() ? null : rest.substring(slash + 1);
        return new DatabaseAddress(bare, servers.host(), servers.port(), database);
    }

    /** {@code getSchema()} is what the search path resolves to: set as the path, it would hide the rest of it. */
    @Override
    public void restoreSchema(Connection raw, @Nullable String schema) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute("RESET search_path");
        }
    }

    /**
     * Class 08, but not 08P01: the server reports a wrong message of the driver's that way and goes on (where the driver
     * has lost its place in the stream it closes the connection, and says so). Then the ends the server announces: by an
     * administrator, after a crash, not up yet, database dropped, idle for too long (57P01 to 57P05), too long in one
     * transaction (25P03, 25P04).
     */
    @Override
    public boolean isDisconnect(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return super.isDisconnect(failure);
        }
        switch (state) {
            case "08P01":
                return false;
            case "57P01":
            case "57P02":
            case "57P03":
            case "57P04":
            case "57P05":
            case "25P03":
            case "25P04":
                return true;
            default:
                return super.isDisconnect(failure);
        }
    }

    /** Those of the server, of the database and of the user have one state. */
    @Override
    public boolean isTooManyConnections(SQLException failure) {
        return "53300".equals(failure.getSQLState());
    }

    @Override
    public boolean isTransactionOpen(Connection raw) {
        DriverCode.Path path = TRANSACTION_STATE.get(raw.getClass());
        if (!path.isKnown()) {
            return false;
        }
        Object state = path.from(raw);
        // An enum today, a number once. Not knowing is not "idle": the caller then ends what may be open.
        return !(Integer.valueOf(0).equals(state) || "IDLE".equals(String.valueOf(state)));
    }

    @Override
    protected String pingQuery() {
        return "SELECT 1";
    }

    @Override
    public boolean isSavepointOnlyAName() {
        return true;
    }

    @Override
    public boolean isVendorValue(Class<?> type) {
        return super.isVendorValue(type) || type.getName().equals("org.postgresql.PGNotification");
    }

    @Override
    public boolean answersOffline(Object raw, String method) {
        return PostgresOffline.answers(raw, method);
    }

    @Override
    public boolean rowsOutliveConnection(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return PostgresOffline.rowsOutlive(statement, rows);
    }

    @Override
    public boolean outlivingAnswers(Object raw, String method) {
        return PostgresOffline.outlivingAnswers(raw, method);
    }

    /** pgjdbc's own exception, in the language it speaks. */
    @Override
    public SQLException closed(Connection raw) {
        try {
            Class<?> states = DriverCode.classOf(raw, "org.postgresql.util.PSQLState");
            Object text = DriverCode.classOf(raw, "org.postgresql.util.GT")
                    .getMethod("tr", String.class, Object[].class)
                    .invoke(null, CLOSED, new Object[0]);
            return (SQLException) DriverCode.classOf(raw, "org.postgresql.util.PSQLException")
                    .getConstructor(String.class, states)
                    .newInstance(
                            text, states.getField("CONNECTION_DOES_NOT_EXIST").get(null));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            return new SQLNonTransientConnectionException(CLOSED, "08003");
        }
    }
}

package dev.poolwright.dialect;

import dev.poolwright.dialect.clean.MySqlCleaner;
import dev.poolwright.dialect.clean.SessionCleaner;
import dev.poolwright.dialect.driver.ConnectorJOffline;
import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.dialect.driver.MariaDbOffline;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.MySqlSyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB, with Connector/J or MariaDB's driver: one protocol and one list of error numbers. */
final class MySqlDialect extends Dialect {

    private static final int DEFAULT_PORT = 3306;
    private static final String POOL = "pool";

    /** Of {@code SERVER_STATUS} in the server's last message. */
    private static final int IN_TRANSACTION = 1;

    /** Each driver keeps the status the server sent last; where it is public, and where it was in older versions. */
    static final ClassValue<DriverCode.Path> SERVER_STATUS = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return DriverCode.Path.of(
                    driverClass,
                    new String[] {
                        "com.mysql.cj.MysqlConnection.getSession",
                        "com.mysql.cj.Session.getServerSession",
                        "com.mysql.cj.protocol.ServerSession.inTransactionOnServer"
                    },
                    new String[] {
                        "org.mariadb.jdbc.Connection.getContext", "org.mariadb.jdbc.client.Context.getServerStatus"
                    },
                    new String[] {
                        "org.mariadb.jdbc.MariaDbConnection.getProtocol",
                        "org.mariadb.jdbc.internal.protocol.Protocol.inTransaction"
                    },
                    new String[] {"com.mysql.jdbc.MySQLConnection.getIO", "com.mysql.jdbc.MysqlIO.inTransactionOnServer"
                    });
        }
    };

    private final String subprotocol;

    private MySqlDialect(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    static Dialect make(String subprotocol) {
        return new MySqlDialect(subprotocol);
    }

    @Override
    protected Syntax syntax() {
        return new MySqlSyntax();
    }

    @Override
    public SessionCleaner newCleaner() {
        return new MySqlCleaner();
    }

    @Override
    public boolean forgetKeys(Connection raw) throws SQLException {
        SessionCleaner.execute(raw, "SET @@session.last_insert_id = 0");
        return true;
    }

    /** Only what reads a table takes warnings away; and after a query {@code ROW_COUNT()} is -1. */
    @Override
    public boolean forgetLast(Connection raw) throws SQLException {
        SessionCleaner.execute(raw, "SELECT 1 FROM (SELECT 1) AS nothing WHERE FALSE");
        SessionCleaner.execute(raw, "DO 0");
        return true;
    }

    @Override
    public String system() {
        return subprotocol.equals("mariadb") ? "mariadb" : "mysql";
    }

    /** MariaDB's driver pools by itself where it is told {@code pool}, and hands out the same objects again. */
    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return isSwitchedOn(CallerProperties.value(info, POOL)) || isSwitchedOn(parameter(url, POOL))
                ? Pooling.PASS_THROUGH
                : Pooling.QUEUE;
    }

    /** As that driver sees it: a name alone will do. */
    private static boolean isSwitchedOn(@Nullable String value) {
        return value != null && !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /** The value of a parameter, empty if it has only a name; null if it is not there. Whatever the case of its name. */
    private static @Nullable String parameter(String url, String name) {
        for (int at = url.indexOf('?'); at >= 0; at = url.indexOf('&', at + 1)) {
            int start = at + 1;
            int end = url.indexOf('&', start);
            String parameter = end < 0 ? url.substring(start) : url.substring(start, end);
            int equals = parameter.indexOf('=');
            if (name.equalsIgnoreCase(equals < 0 ? parameter : parameter.substring(0, equals))) {
                return parameter.substring(equals < 0 ? parameter.length() : equals + 1);
            }
        }
        return null;
    }

    @Override
    public DatabaseAddress address(String url) {
        int parameters = url.indexOf('?');
        String bare = parameters < 0 ? url : url.substring(0, parameters);
        int slashes = bare.indexOf("//");
        if (slashes < 0) {
            return new DatabaseAddress("jdbc:" + subprotocol, null, -1, null);
        }
        int start = slashes + 2;
        // A path in there (a socket, a key store) is in parentheses; the database is after the last slash outside.
        int slash = bare.indexOf('/', Math.max(start, bare.lastIndexOf(')')));
        int usual = subprotocol.equals("mysql+srv") ? -1 : DEFAULT_PORT;
        Servers servers = new Servers(bare.substring(start, slash < 0 ? bare.length() : slash), usual);
        String database = slash < 0 || slash + 1 == bare.length() ? null : bare.substring(slash + 1);
        return new DatabaseAddress(
                bare.substring(0, start) + servers.text(usual) + (database == null ? "" : "/" + database),
                servers.host(),
                servers.port(),
                database);
    }

    @Override
    public boolean isDisconnect(SQLException failure) {
        switch (failure.getErrorCode()) {
            case 1053: // the server is shutting down
            case 1077: // has been asked to
            case 1078: // got a signal to
            case 1079: // has shut down
            case 1152: // aborted connection
            case 1184: // aborted connection, with the reason
            case 1927: // MariaDB: the connection was killed
            case 2006: // the server has gone away
            case 2013: // lost in the middle of a query
            case 2055: // lost, with the system's error
            case 3169: // the session was killed
            case 4031: // idle for longer than wait_timeout
                return true;
            case 1047: // "unknown command" has the state of a lost connection and is none
                return false;
            default:
                return super.isDisconnect(failure);
        }
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        int code = failure.getErrorCode();
        return code == 1040 // of the server
                || code == 1203 // of this user
                || (code == 1226 && String.valueOf(failure.getMessage()).contains("max_user_connections"));
    }

    @Override
    public boolean isTransactionOpen(Connection raw) {
        Object status = SERVER_STATUS.get(raw.getClass()).from(raw);
        // Not knowing is not "none": ROLLBACK where there is none does nothing, without a warning.
        return status instanceof Integer ? ((Integer) status & IN_TRANSACTION) != 0 : !Boolean.FALSE.equals(status);
    }

    /** Of both drivers, in all versions. */
    @Override
    public boolean isSavepointOnlyAName() {
        return true;
    }

    /** The comment makes Connector/J 5 send a ping instead of the query. */
    @Override
    protected String pingQuery() {
        return "/* ping */ SELECT 1";
    }

    /** MariaDB's geometries are plain objects. */
    @Override
    public boolean isVendorValue(Class<?> type) {
        return super.isVendorValue(type) || type.getName().startsWith("org.mariadb.jdbc.type.");
    }

    @Override
    public boolean answersOffline(Object raw, String method) {
        return MariaDbOffline.answers(raw, method) || ConnectorJOffline.answers(raw);
    }

    @Override
    public boolean rowsOutliveConnection(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return MariaDbOffline.rowsOutlive(statement, rows) || ConnectorJOffline.rowsOutlive(statement, rows);
    }

    @Override
    public boolean outlivingAnswers(Object raw, String method) {
        return MariaDbOffline.outlivingAnswers(raw, method) || ConnectorJOffline.outlivingAnswers(raw, method);
    }

    @Override
    public SQLException closed(Connection raw) {
        if (!raw.getClass().getName().startsWith("org.mariadb.")) {
            return new SQLNonTransientConnectionException("No operations allowed after connection closed.", "08003");
        }
        Object id = DriverCode.Path.of(raw.getClass(), new String[] {"org.mariadb.jdbc.Connection.getThreadId"})
                .from(raw);
        return new SQLNonTransientConnectionException(
                (id == null ? "" : "(conn=" + id + ") ") + "Connection is closed", "08000", 1220);
    }
}

package dev.poolwright.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB, with Connector/J or MariaDB's driver: one protocol and one list of error numbers. */
final class MySqlDialect extends Dialect {

    private static final int DEFAULT_PORT = 3306;

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
    public String system() {
        return subprotocol.equals("mariadb") ? "mariadb" : "mysql";
    }

    /** MariaDB's driver with {@code pool} in the URL pools by itself, and hands out the same objects again. */
    @Override
    public Pooling pooling(String url) {
        int query = url.indexOf('?');
        for (int at = query; at >= 0; at = url.indexOf('&', at + 1)) {
            if (url.startsWith("pool", at + 1)) {
                String rest = url.substring(at + 1 + "pool".length());
                if (rest.isEmpty() || rest.startsWith("&")) {
                    return Pooling.PASS_THROUGH;
                }
                if (rest.startsWith("=") && !rest.startsWith("=false") && !rest.startsWith("=0")) {
                    return Pooling.PASS_THROUGH;
                }
            }
        }
        return Pooling.QUEUE;
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

    /** All three make connections themselves; MariaDB's {@code MariaDbPoolDataSource} is a pool. */
    @Override
    public boolean isDataSource(String className) {
        return className.equals("com.mysql.cj.jdbc.MysqlDataSource")
                || className.equals("com.mysql.jdbc.jdbc2.optional.MysqlDataSource")
                || className.equals("org.mariadb.jdbc.MariaDbDataSource");
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

package dev.poolwright.dialect;

import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.SqlServerSyntax;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** SQL Server and Azure SQL with Microsoft's driver. */
final class SqlServerDialect extends Dialect {

    private static final String PREFIX = "jdbc:sqlserver://";
    private static final int DEFAULT_PORT = 1433;

    /** Eight bytes the server sends when a transaction begins; all zero when it has ended. */
    static final ClassValue<DriverCode.Path> TRANSACTION_DESCRIPTOR = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return DriverCode.Path.of(
                    driverClass,
                    new String[] {"com.microsoft.sqlserver.jdbc.SQLServerConnection.getTransactionDescriptor"});
        }
    };

    static Dialect make() {
        return new SqlServerDialect();
    }

    @Override
    protected Syntax syntax() {
        return new SqlServerSyntax();
    }

    @Override
    public String system() {
        return "microsoft.sql_server";
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        int semicolon = url.indexOf(';');
        String authority = url.substring(
                Math.min(PREFIX.length(), url.length()),
                semicolon < 0 ? url.length() : Math.max(semicolon, PREFIX.length()));
        String server = authority.substring(authority.lastIndexOf('@') + 1);
        if (server.isEmpty()) {
            String named = property(url, "servername");
            named = named == null ? property(url, "server") : named;
            server = named == null ? "localhost" : named;
        }
        String digits = property(url, "portnumber");
        int named = Servers.port(digits == null ? property(url, "port") : digits, -1);
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon > server.lastIndexOf(']') && server.indexOf(':') == colon;
        int port = hasPort ? Servers.port(server.substring(colon + 1), -1) : named;
        String host = hasPort ? server.substring(0, colon) : server;
        String shown = PREFIX + host + (port < 0 ? "" : ":" + port);
        int instance = host.indexOf('\\');
        if (port < 0 && instance < 0 && property(url, "instancename") == null) {
            port = DEFAULT_PORT; // of the default instance; those with a name are asked for theirs
        }
        String database = property(url, "databasename");
        return new DatabaseAddress(
                shown,
                instance < 0 ? host : host.substring(0, instance),
                port,
                database == null ? property(url, "database") : database);
    }

    /** A property of the URL, by its name in lower case; a value may be in braces, with semicolons in it. */
    private static @Nullable String property(String url, String name) {
        int at = url.indexOf(';');
        while (at >= 0) {
            int equals = url.indexOf('=', at);
            if (equals < 0) {
                return null;
            }
            boolean braces = url.startsWith("{", equals + 1);
            int end = braces ? closingBrace(url, equals + 2) : url.indexOf(';', equals);
            end = end < 0 ? url.length() : end;
            if (url.substring(at + 1, equals).trim().toLowerCase(Locale.ROOT).equals(name)) {
                return url.substring(equals + (braces ? 2 : 1), end).trim();
            }
            at = url.indexOf(';', end);
        }
        return null;
    }

    private static int closingBrace(String url, int from) {
        int brace = url.indexOf('}', from);
        while (brace >= 0 && url.startsWith("}}", brace)) {
            brace = url.indexOf('}', brace + 2);
        }
        return brace;
    }

    /** What ends a session has severity 20 and more: the driver closes the connection by itself then. */
    @Override
    public boolean isDisconnect(SQLException failure) {
        switch (failure.getErrorCode()) {
            case 233: // no process at the other end of the pipe
            case 596: // the session is being killed
            case 6005: // the server is shutting down
            case 10053: // aborted by this machine's network
            case 10054: // reset by the peer
            case 10060: // timed out in the network
            case 40197: // Azure: the database moves, this session ends
                return true;
            default:
                return super.isDisconnect(failure);
        }
    }

    /** Its connection only words its exceptions. */
    @Override
    public boolean isSavepointOnlyAName() {
        return true;
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        switch (failure.getErrorCode()) {
            case 10928: // Azure: sessions or workers of the database
            case 10929: // Azure: the same, and the server is busy
            case 10936: // Azure: of the elastic pool
            case 17300: // no memory for one more
            case 17809: // "user connections" of the server
                return true;
            default:
                return false;
        }
    }

    @Override
    public boolean isTransactionOpen(Connection raw) {
        Object descriptor = TRANSACTION_DESCRIPTOR.get(raw.getClass()).from(raw);
        if (!(descriptor instanceof byte[])) {
            return true; // not known is not "none", and the rollback looks
        }
        for (byte part : (byte[]) descriptor) {
            if (part != 0) {
                return true;
            }
        }
        return false;
    }

    /** A {@code ROLLBACK} without a transaction is an error here. */
    @Override
    public void rollbackBySql(Connection raw) throws SQLException {
        answers(raw, "IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION", 0);
    }

    @Override
    protected String pingQuery() {
        return "SELECT 1";
    }

    @Override
    public boolean isVendorValue(Class<?> type) {
        String name = type.getName();
        return super.isVendorValue(type)
                || name.equals("microsoft.sql.DateTimeOffset")
                || name.equals("com.microsoft.sqlserver.jdbc.Geometry")
                || name.equals("com.microsoft.sqlserver.jdbc.Geography");
    }

    /** The driver's own exception, whose constructors are its own as well. */
    @Override
    public SQLException closed(Connection raw) {
        SQLException own = null;
        try {
            Class<?> connection = DriverCode.classOf(raw, "com.microsoft.sqlserver.jdbc.SQLServerConnection");
            own = DriverCode.exception(
                    raw,
                    "com.microsoft.sqlserver.jdbc.SQLServerException.makeFromDriverError",
                    new Class<?>[] {connection, Object.class, String.class, String.class, boolean.class},
                    null,
                    null,
                    "The connection is closed.",
                    "08006",
                    false);
        } catch (ClassNotFoundException otherVersion) {
            // The words alone, then.
        }
        return own != null ? own : new SQLException("The connection is closed.", "08S01");
    }
}

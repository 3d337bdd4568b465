package dev.poolwright.dialect;

import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.DerbySyntax;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** DB2 with IBM's driver (JCC). */
final class Db2Dialect extends Dialect {

    private static final String PREFIX = "jdbc:db2:";

    /** The port of DRDA, which the driver takes where the URL names none. */
    private static final int DEFAULT_PORT = 446;

    private static final int CLOSED = -4470;

    /** What the driver's own {@code close()} looks at, in any version. */
    private static final ClassValue<DriverCode.Path> IN_TRANSACTION = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return DriverCode.Path.of(driverClass, new String[] {"com.ibm.db2.jcc.DB2Connection.isInDB2UnitOfWork"});
        }
    };

    static Dialect make() {
        return new Db2Dialect();
    }

    @Override
    protected Syntax syntax() {
        return new DerbySyntax();
    }

    @Override
    public String system() {
        return "ibm.db2";
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return Pooling.QUEUE;
    }

    /** {@code //host:port/database:property=value;}, or the alias of a catalogued database. */
    @Override
    public DatabaseAddress address(String url) {
        String rest = url.substring(PREFIX.length());
        if (!rest.startsWith("//")) {
            String alias = upToProperties(rest);
            return new DatabaseAddress(PREFIX + alias, "localhost", -1, alias.isEmpty() ? null : alias);
        }
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? upToSemicolon(rest.substring(2)) : rest.substring(2, slash);
        Servers servers = new Servers(authority, DEFAULT_PORT);
        String database = slash < 0 ? "" : upToProperties(rest.substring(slash + 1));
        return new DatabaseAddress(
                PREFIX + "//" + servers.text(DEFAULT_PORT) + (database.isEmpty() ? "" : "/" + database),
                servers.host(),
                servers.port(),
                database.isEmpty() ? null : database);
    }

    private static String upToProperties(String text) {
        int colon = text.indexOf(':');
        return upToSemicolon(colon < 0 ? text : text.substring(0, colon));
    }

    private static String upToSemicolon(String text) {
        int semicolon = text.indexOf(';');
        return semicolon < 0 ? text : text.substring(0, semicolon);
    }

    @Override
    public CloseInTransaction closeInTransaction() {
        return CloseInTransaction.REJECT;
    }

    /**
     * Class 08 holds -4498 as well: the driver has connected to another server by itself and rolled back. That one lives,
     * but those opened before it are dead.
     */
    @Override
    public boolean isDisconnect(SQLException failure) {
        switch (failure.getErrorCode()) {
            case -1224: // the database manager has ended the agent
            case -4470: // driver: closed
            case -4499: // driver: input or output failed
            case -30080: // communication error
            case -30081: // communication error, with the system's code
                return true;
            default:
                return super.isDisconnect(failure);
        }
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        int code = failure.getErrorCode();
        return code == -1040 // applications of the database
                || code == -1226; // agents or clients of the instance
    }

    @Override
    protected String pingQuery() {
        return "SELECT 1 FROM SYSIBM.SYSDUMMY1";
    }

    @Override
    public boolean refusesClose(Connection raw) {
        return Boolean.TRUE.equals(IN_TRANSACTION.get(raw.getClass()).from(raw));
    }

    @Override
    public SQLException closed(Connection raw) {
        return new SQLNonTransientConnectionException(
                "[jcc][10120][10898] Invalid operation: Connection is closed. ERRORCODE=-4470, SQLSTATE=08003",
                "08003",
                CLOSED);
    }
}

package dev.poolwright.dialect;

import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.DerbySyntax;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Derby, embedded and with its network client. */
final class DerbyDialect extends Dialect {

    private static final String PREFIX = "jdbc:derby:";
    private static final int DEFAULT_PORT = 1527;

    /** Derby's error code is how much an error ends: 20000 a statement, 30000 a transaction, 40000 the session. */
    private static final int ENDS_THE_SESSION = 40_000;

    /** Orders in the form of a URL; most are answered by an exception even when they succeed. */
    private static final String[] ORDERS = {
        "shutdown", "drop", "startMaster", "stopMaster", "startSlave", "stopSlave", "failover"
    };

    /** What is done anew at each connect. */
    private static final String[] RESTORES = {"createFrom", "restoreFrom", "rollForwardRecoveryFrom"};

    /** What the driver's own {@code close()} looks at, in any version. */
    private static final ClassValue<DriverCode.Path> IN_TRANSACTION = new ClassValue<DriverCode.Path>() {
        @Override
        protected DriverCode.Path computeValue(Class<?> driverClass) {
            return DriverCode.Path.of(
                    driverClass,
                    new String[] {"org.apache.derby.client.am.ClientConnection.transactionInProgress"},
                    new String[] {"org.apache.derby.client.am.Connection.transactionInProgress"});
        }
    };

    static Dialect make() {
        return new DerbyDialect();
    }

    @Override
    protected Syntax syntax() {
        return new DerbySyntax();
    }

    @Override
    public String system() {
        return "derby";
    }

    /** An embedded database is shut down by name under the feet of whoever has a connection, and locks its folder. */
    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        if (hasOneOf(ORDERS, url, info)) {
            return Pooling.PASS_THROUGH;
        }
        return url.startsWith("//", PREFIX.length()) && !hasOneOf(RESTORES, url, info) ? Pooling.QUEUE : Pooling.NULL;
    }

    private static boolean hasOneOf(String[] attributes, String url, @Nullable Properties info) {
        String settings = url.toLowerCase(Locale.ROOT);
        for (String attribute : attributes) {
            if (settings.contains(";" + attribute.toLowerCase(Locale.ROOT) + "=")
                    || CallerProperties.value(info, attribute) != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        String rest = bare.substring(PREFIX.length());
        if (!rest.startsWith("//")) {
            return new DatabaseAddress(bare, null, -1, rest);
        }
        int slash = rest.indexOf('/', 2);
        Servers servers = new Servers(rest.substring(2, slash < 0 ? rest.length() : slash), DEFAULT_PORT);
        String database = slash < 0 || slash + 1 == rest.length() ? null : rest.substring(slash + 1);
        return new DatabaseAddress(bare, servers.host(), servers.port(), database);
    }

    @Override
    public CloseInTransaction closeInTransaction() {
        return CloseInTransaction.REJECT;
    }

    @Override
    public boolean isDisconnect(SQLException failure) {
        return failure.getErrorCode() >= ENDS_THE_SESSION || super.isDisconnect(failure);
    }

    @Override
    protected String pingQuery() {
        return "VALUES 1";
    }

    /** Reading on in rows that are held past a commit begins one as well. */
    @Override
    public boolean refusesClose(Connection raw) {
        return Boolean.TRUE.equals(IN_TRANSACTION.get(raw.getClass()).from(raw));
    }

    /** Rows that are closed refuse everything, each call in its own words, and so do the descriptions of such rows. */
    @Override
    public boolean answersOffline(Object raw, String method) {
        return raw instanceof ResultSetMetaData || (raw instanceof ResultSet && isClosed(raw));
    }

    @Override
    public SQLException closed(Connection raw) {
        return new SQLNonTransientConnectionException("No current connection.", "08003", ENDS_THE_SESSION);
    }
}

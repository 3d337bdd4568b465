package dev.poolwright.dialect;

import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.OracleSyntax;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Oracle Database with Oracle's driver. */
final class OracleDialect extends Dialect {

    private static final int DEFAULT_PORT = 1521;
    private static final int CLOSED_CONNECTION = 17008;

    /** The driver's own number of {@link #CLOSED_CONNECTION}. */
    private static final int EOJ_CLOSED_CONNECTION = 8;

    /** In ascending order. */
    private static final int[] DISCONNECTS = {
        28, // the session was killed
        600, // internal error: the session is in no known state
        1012, // not logged on
        1014, // the server is shutting down
        1033, // starting up or shutting down
        1034, // not there
        1041, // internal error of the client protocol
        1089, // immediate shutdown
        1090, // shutdown
        1092, // the instance was terminated
        2396, // idle for longer than the profile allows
        2399, // connected for longer than the profile allows
        3106, // protocol error
        3113, // end of file on the channel
        3114, // not connected
        3135, // lost contact
        12153, // not connected, by the network layer
        12537, // connection closed
        12547, // lost contact
        12570, // packet reader
        12571, // packet writer
        12583, // no reader
        17002, // driver: input or output failed
        17008, // driver: closed
        17401, // driver: protocol violation
        17410, // driver: no more data to read
        17447, // driver: its state is inconsistent
        25408 // cannot be replayed after a failover
    };

    static Dialect make() {
        return new OracleDialect();
    }

    @Override
    protected Syntax syntax() {
        return new OracleSyntax();
    }

    @Override
    public String system() {
        return "oracle.db";
    }

    /**
     * The driver inside the server ({@code kprb}) has one connection, which is nobody's to close. And where the server
     * pools (DRCP), one that is kept here is kept from everybody there.
     */
    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        if (url.startsWith("jdbc:oracle:kprb")) {
            return Pooling.PASS_THROUGH;
        }
        String target = url.toUpperCase(Locale.ROOT).replace(" ", "");
        return target.contains(":POOLED") || target.contains("SERVER=POOLED") ? Pooling.PASS_THROUGH : Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        int typeEnd = url.indexOf(':', "jdbc:oracle:".length());
        String type = typeEnd < 0 ? url : url.substring(0, typeEnd);
        int at = at(url);
        if (at < 0) {
            return new DatabaseAddress(type, "localhost", -1, null);
        }
        String target = url.substring(at + 1);
        return target.startsWith("(") ? ofDescriptor(type, target) : ofName(type, target);
    }

    /** Where the server begins; before it there may be a name and a password, with anything in it. */
    private static int at(String url) {
        int parenthesis = url.indexOf("@(");
        int slashes = url.indexOf("@//");
        if (parenthesis >= 0 || slashes >= 0) {
            return parenthesis >= 0 ? parenthesis : slashes;
        }
        int parameters = url.indexOf('?');
        int found = parameters < 0 ? url.lastIndexOf('@') : url.lastIndexOf('@', parameters);
        return found >= 0 ? found : url.lastIndexOf('@');
    }

    private static DatabaseAddress ofDescriptor(String type, String descriptor) {
        String host = Servers.value(descriptor, "host");
        String service = Servers.value(descriptor, "service_name");
        return named(
                type,
                host == null ? "localhost" : host,
                Servers.port(Servers.value(descriptor, "port"), DEFAULT_PORT),
                service == null ? Servers.value(descriptor, "sid") : service);
    }

    /** {@code //host:port/service}, with a protocol or without, {@code host:port:sid}, or a name of tnsnames.ora. */
    private static DatabaseAddress ofName(String type, String target) {
        String bare = withoutParameters(target);
        int protocol = bare.indexOf("//");
        boolean ldap = bare.toLowerCase(Locale.ROOT).startsWith("ldap");
        String rest = protocol < 0 ? bare : bare.substring(protocol + 2);
        int slash = rest.indexOf('/');
        if (slash < 0) {
            int last = rest.lastIndexOf(':');
            int colon = last <= rest.lastIndexOf(']') ? -1 : rest.lastIndexOf(':', last - 1);
            if (colon > rest.lastIndexOf(']')) {
                Servers servers = new Servers(rest.substring(0, last), DEFAULT_PORT);
                return named(type, servers.host(), servers.port(), rest.substring(last + 1));
            }
            if (last < 0 && protocol < 0) {
                return new DatabaseAddress(type + ":@" + rest, rest, -1, null);
            }
        }
        Servers servers = new Servers(slash < 0 ? rest : rest.substring(0, slash), ldap ? 389 : DEFAULT_PORT);
        String service = slash < 0 ? null : rest.substring(slash + 1);
        int end = service == null ? -1 : indexOfOneOf(service, ":/,");
        return named(
                type, servers.host(), servers.port(), service == null || end < 0 ? service : service.substring(0, end));
    }

    private static int indexOfOneOf(String text, String ends) {
        for (int i = 0; i < text.length(); i++) {
            if (ends.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static DatabaseAddress named(String type, String host, int port, @Nullable String service) {
        String shown = type + ":@//" + host + (port < 0 ? "" : ":" + port) + (service == null ? "" : "/" + service);
        return new DatabaseAddress(shown, host, port, service);
    }

    @Override
    public CloseInTransaction closeInTransaction() {
        return CloseInTransaction.COMMIT;
    }

    @Override
    public boolean isDisconnect(SQLException failure) {
        return Arrays.binarySearch(DISCONNECTS, failure.getErrorCode()) >= 0 || super.isDisconnect(failure);
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        switch (failure.getErrorCode()) {
            case 18: // sessions of the instance
            case 20: // processes of the instance
            case 2391: // sessions of this user
            case 12516: // no handler of the listener has room
            case 12519: // no handler of the listener fits
            case 12520: // none of the type of server that is wanted
                return true;
            default:
                return false;
        }
    }

    /** Or a number, of which the driver makes a name. */
    @Override
    public boolean isSavepointOnlyAName() {
        return true;
    }

    @Override
    protected String pingQuery() {
        return "SELECT 1 FROM DUAL";
    }

    /** Numbers, dates, strings and the like in Oracle's own form; its LOBs, arrays and structures are tied to a session. */
    @Override
    public boolean isVendorValue(Class<?> type) {
        switch (type.getName()) {
            case "oracle.sql.BINARY_DOUBLE":
            case "oracle.sql.BINARY_FLOAT":
            case "oracle.sql.CHAR":
            case "oracle.sql.DATE":
            case "oracle.sql.INTERVALDS":
            case "oracle.sql.INTERVALYM":
            case "oracle.sql.NUMBER":
            case "oracle.sql.RAW":
            case "oracle.sql.ROWID":
            case "oracle.sql.TIMESTAMP":
            case "oracle.sql.TIMESTAMPTZ":
                return true;
            default:
                return super.isVendorValue(type);
        }
    }

    /** The driver's own exception: since 21 its text names the error and a page. */
    @Override
    public SQLException closed(Connection raw) {
        SQLException own = DriverCode.exception(
                raw,
                "oracle.jdbc.driver.DatabaseError.createSqlException",
                new Class<?>[] {int.class},
                EOJ_CLOSED_CONNECTION);
        return own != null ? own : new SQLRecoverableException("Closed Connection", "08003", CLOSED_CONNECTION);
    }
}

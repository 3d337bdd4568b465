package dev.poolwright.dialect;

import dev.poolwright.dialect.driver.DriverCode;
import dev.poolwright.sql.Syntax;
import dev.poolwright.sql.database.H2Syntax;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** H2, embedded and in server mode. */
final class H2Dialect extends Dialect {

    private static final String PREFIX = "jdbc:h2:";
    private static final int DEFAULT_PORT = 9092;
    private static final int OBJECT_CLOSED = 90007;
    private static final int CONNECTION_BROKEN = 90067;
    private static final int DATABASE_IS_CLOSED = 90098;
    private static final int CLOSED_AT_VM_SHUTDOWN = 90121;

    static Dialect make() {
        return new H2Dialect();
    }

    @Override
    protected Syntax syntax() {
        return new H2Syntax();
    }

    @Override
    public String system() {
        return "h2database";
    }

    /**
     * A memory database dies, and a file is unlocked, with the last connection; an {@code INIT} script runs at each
     * connect. All of that an idle connection would change, unless the call says the database outlives its connections.
     * A memory database without a name is new and private for each connection, whatever the URL says.
     */
    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        String settings = url.toUpperCase(Locale.ROOT);
        String path = remotePath(url);
        String name = path == null ? url.substring(PREFIX.length()) : path;
        if (settings.contains(";INIT=")
                || CallerProperties.value(info, "INIT") != null
                || name.equals("mem:")
                || name.startsWith("mem:;")) {
            return Pooling.NULL;
        }
        if (settings.contains(";DB_CLOSE_DELAY=-1") || "-1".equals(CallerProperties.value(info, "DB_CLOSE_DELAY"))) {
            return Pooling.QUEUE;
        }
        return path == null || path.startsWith("mem:") ? Pooling.NULL : Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        String path = remotePath(bare);
        if (path == null) {
            return new DatabaseAddress(bare, null, -1, bare.substring(PREFIX.length()));
        }
        int start = authorityStart(bare);
        int slash = bare.indexOf('/', start);
        // Several servers are a cluster; each has the whole database.
        Servers servers = new Servers(bare.substring(start, slash < 0 ? bare.length() : slash), DEFAULT_PORT);
        return new DatabaseAddress(bare, servers.host(), servers.port(), path);
    }

    @Override
    public boolean isDisconnect(SQLException failure) {
        int code = failure.getErrorCode();
        return code == CONNECTION_BROKEN
                || code == DATABASE_IS_CLOSED
                || code == CLOSED_AT_VM_SHUTDOWN
                || super.isDisconnect(failure);
    }

    @Override
    public boolean isQueryTimeoutOfSession() {
        return true;
    }

    /** Statements and rows that are closed have let go of their session: they refuse, or say what all of them say. */
    @Override
    public boolean answersOffline(Object raw, String method) {
        return isClosed(raw);
    }

    /** H2's own exception and words, with the number of its version in them. */
    @Override
    public SQLException closed(Connection raw) {
        try {
            Class<?> exceptions = DriverCode.classOf(raw, "org.h2.message.DbException");
            Object closed = exceptions.getMethod("get", int.class).invoke(null, OBJECT_CLOSED);
            return (SQLException) exceptions.getMethod("getSQLException").invoke(closed);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            return new SQLNonTransientException(
                    "The object is already closed", String.valueOf(OBJECT_CLOSED), OBJECT_CLOSED);
        }
    }

    /** What follows the server's address in a {@code tcp:} or {@code ssl:} URL, or null for an embedded database. */
    private static @Nullable String remotePath(String url) {
        if (!url.startsWith("tcp:", PREFIX.length()) && !url.startsWith("ssl:", PREFIX.length())) {
            return null;
        }
        int slash = url.indexOf('/', authorityStart(url));
        return slash < 0 ? "" : url.substring(slash + 1);
    }

    /** Where the server begins in a {@code tcp:} or {@code ssl:} URL; H2 does not insist on the slashes. */
    private static int authorityStart(String url) {
        int start = PREFIX.length() + "tcp:".length();
        return url.startsWith("//", start) ? start + 2 : start;
    }
}

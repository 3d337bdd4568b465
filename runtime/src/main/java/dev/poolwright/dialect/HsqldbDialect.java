package dev.poolwright.dialect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** HSQLDB, embedded and in server mode. */
final class HsqldbDialect extends Dialect {

    private static final String PREFIX = "jdbc:hsqldb:";
    private static final String[] SCHEMES = {"hsql://", "hsqls://", "http://", "https://"};
    private static final int[] PORTS = {9001, 554, 80, 443};

    static Dialect make() {
        return new HsqldbDialect();
    }

    @Override
    public String system() {
        return "hsqldb";
    }

    /**
     * An embedded database ends with a {@code SHUTDOWN} on any of its connections, or with the last of them where the URL
     * says so: one that is kept would then be dead in the next borrower's hands, or keep the files locked.
     */
    @Override
    public Pooling pooling(String url) {
        return scheme(url) < 0 ? Pooling.NULL : Pooling.QUEUE;
    }

    @Override
    public DatabaseAddress address(String url) {
        String bare = withoutParameters(url);
        int scheme = scheme(url);
        if (scheme < 0) {
            return new DatabaseAddress(bare, null, -1, bare.substring(PREFIX.length()));
        }
        int start = PREFIX.length() + SCHEMES[scheme].length();
        int slash = bare.indexOf('/', start);
        Servers servers = new Servers(bare.substring(start, slash < 0 ? bare.length() : slash), PORTS[scheme]);
        String database = slash < 0 || slash + 1 == bare.length() ? null : bare.substring(slash + 1);
        return new DatabaseAddress(bare, servers.host(), servers.port(), database);
    }

    private static int scheme(String url) {
        for (int i = 0; i < SCHEMES.length; i++) {
            if (url.startsWith(SCHEMES[i], PREFIX.length())) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean isDataSource(String className) {
        return className.equals("org.hsqldb.jdbc.JDBCDataSource");
    }

    /** Not by {@code isValid}: in 2.7 that says yes after {@code SHUTDOWN}. */
    @Override
    public boolean isAlive(Connection raw, int timeoutSeconds) throws SQLException {
        return answers(raw, pingQuery(), timeoutSeconds);
    }

    @Override
    protected String pingQuery() {
        return "CALL 1";
    }

    @Override
    public boolean answersOffline(Object raw, String method) {
        return HsqldbOffline.answers(raw);
    }

    @Override
    public boolean rowsOutliveConnection(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return HsqldbOffline.rowsOutlive(statement, rows);
    }

    @Override
    public boolean outlivingAnswers(Object raw, String method) {
        return HsqldbOffline.outlivingAnswers(raw, method);
    }

    @Override
    public SQLException closed(Connection raw) {
        return new SQLNonTransientConnectionException(
                "connection exception: connection does not exist", "08003", -1303);
    }
}

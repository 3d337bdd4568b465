package dev.poolwright.dialect;

import dev.poolwright.dialect.clean.LaterCleaner;
import dev.poolwright.dialect.clean.SessionCleaner;
import dev.poolwright.sql.Verdicts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of a database that nobody can name before a connection to it is open: the careful generic one until then, that
 * of the connection's own URL from then on.
 *
 * <p>Safe for any thread; the first connection decides.
 */
public final class LearnedDialect extends Dialect {

    private static final Dialect GENERIC = Dialects.forUrl("");

    private volatile Dialect known = GENERIC;
    private volatile boolean asked;

    /** Takes the dialect of {@code raw}, unless that of another connection is known. */
    public void learnFrom(Connection raw) {
        if (asked) {
            return;
        }
        try {
            String url = raw.getMetaData().getURL();
            if (url != null) {
                known = Dialects.forUrl(url);
                asked = true;
            }
        } catch (SQLException | RuntimeException | LinkageError untold) {
            // The next connection is asked.
        }
    }

    /** What was learned; the generic one if nothing was. */
    public Dialect known() {
        return known;
    }

    @Override
    public Verdicts verdicts() {
        return known.verdicts();
    }

    @Override
    public SessionCleaner newCleaner() {
        return new LaterCleaner(() -> known.newCleaner());
    }

    @Override
    public boolean forgetKeys(Connection raw) throws SQLException {
        return known.forgetKeys(raw);
    }

    @Override
    public boolean forgetLast(Connection raw) throws SQLException {
        return known.forgetLast(raw);
    }

    @Override
    public String system() {
        return known.system();
    }

    @Override
    public boolean isServed() {
        return known.isServed();
    }

    @Override
    public Pooling pooling(String url, @Nullable Properties info) {
        return known.pooling(url, info);
    }

    @Override
    public DatabaseAddress address(String url) {
        return known.address(url);
    }

    @Override
    public CloseInTransaction closeInTransaction() {
        return known.closeInTransaction();
    }

    @Override
    public boolean isDisconnect(SQLException failure) {
        return known.isDisconnect(failure);
    }

    @Override
    public boolean isTooManyConnections(SQLException failure) {
        return known.isTooManyConnections(failure);
    }

    @Override
    public boolean isTransactionOpen(Connection raw) {
        return known.isTransactionOpen(raw);
    }

    @Override
    public boolean isSavepointOnlyAName() {
        return known.isSavepointOnlyAName();
    }

    @Override
    public boolean isQueryTimeoutOfSession() {
        return known.isQueryTimeoutOfSession();
    }

    @Override
    public void restoreSchema(Connection raw, @Nullable String schema) throws SQLException {
        known.restoreSchema(raw, schema);
    }

    @Override
    public boolean refusesClose(Connection raw) {
        return known.refusesClose(raw);
    }

    @Override
    public void rollbackBySql(Connection raw) throws SQLException {
        known.rollbackBySql(raw);
    }

    @Override
    public boolean isVendorValue(Class<?> type) {
        return known.isVendorValue(type);
    }

    @Override
    public boolean isAlive(Connection raw, int timeoutSeconds) throws SQLException {
        return known.isAlive(raw, timeoutSeconds);
    }

    @Override
    public boolean answersOffline(Object raw, String method) {
        return known.answersOffline(raw, method);
    }

    @Override
    public boolean rowsOutliveConnection(@Nullable Statement statement, ResultSet rows) throws SQLException {
        return known.rowsOutliveConnection(statement, rows);
    }

    @Override
    public boolean outlivingAnswers(Object raw, String method) {
        return known.outlivingAnswers(raw, method);
    }

    @Override
    public SQLException closed(Connection raw) {
        return known.closed(raw);
    }
}

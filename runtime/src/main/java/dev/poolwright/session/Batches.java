package dev.poolwright.session;

import dev.poolwright.event.Flush;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The changes of one flush, neighbours with one text together: an order that the database may depend on is kept. */
final class Batches {

    /** PostgreSQL's driver calls every entry of a batch failed, and says in words which one it was, by thousands. */
    private static final Pattern ENTRY = Pattern.compile("Batch entry (\\d[\\d,.']*) ");

    /** With this it sends other entries than it was given, and its words are about those. */
    private static final String REWRITES = "reWriteBatchedInserts=true";

    /** Changes that are sent at once. */
    private static final class Batch {

        private final int first;
        private final String sql;
        private final List<Change> changes = new ArrayList<>();

        Batch(int first, String sql) {
            this.first = first;
            this.sql = sql;
        }
    }

    private final List<Batch> batches = new ArrayList<>();
    private final int size;

    Batches(List<Change> queue, int most) {
        this.size = queue.size();
        Batch last = null;
        for (int i = 0; i < queue.size(); i++) {
            Change change = queue.get(i);
            String sql = change.sql();
            if (last == null
                    || last.changes.size() >= most
                    || !last.sql.equals(sql)
                    || !change.returned().isEmpty()) { // not every driver gives the keys of all rows of a batch
                last = new Batch(i, sql);
                batches.add(last);
            }
            last.changes.add(change);
        }
    }

    /** What is going to be told of it. */
    Flush flush(Flush.Trigger trigger) {
        return new Flush(
                        Told.SESSION,
                        trigger,
                        count(Change.Kind.INSERT),
                        count(Change.Kind.UPDATE),
                        count(Change.Kind.DELETE),
                        0)
                .inStatements(batches.size());
    }

    private int count(Change.Kind kind) {
        int count = 0;
        for (Batch batch : batches) {
            count += kindOf(batch) == kind ? batch.changes.size() : 0;
        }
        return count;
    }

    private static Change.Kind kindOf(Batch batch) {
        Change.Kind kind = batch.changes.get(0).kind();
        if (kind != Change.Kind.OTHER) {
            return kind;
        }
        String text = batch.sql.trim().toLowerCase(Locale.ROOT);
        return text.startsWith("insert")
                ? Change.Kind.INSERT
                : text.startsWith("update")
                        ? Change.Kind.UPDATE
                        : text.startsWith("delete") ? Change.Kind.DELETE : Change.Kind.OTHER;
    }

    FlushResult send(Connection connection) throws SQLException {
        List<Long> rows = new ArrayList<>();
        List<Map<String, Object>> keys = new ArrayList<>();
        for (Batch batch : batches) {
            send(connection, batch, rows, keys);
        }
        return new FlushResult(rows, batches.size(), keys);
    }

    private void send(Connection connection, Batch batch, List<Long> rows, List<Map<String, Object>> keys)
            throws SQLException {
        String[] returned = batch.changes.get(0).returned().toArray(new String[0]);
        boolean isOne = batch.changes.size() == 1;
        try (PreparedStatement statement = returned.length == 0
                ? connection.prepareStatement(batch.sql)
                : connection.prepareStatement(batch.sql, returned)) {
            for (int i = 0; i < batch.changes.size(); i++) {
                bind(statement, batch, i);
                if (!isOne) {
                    statement.addBatch();
                }
            }
            if (isOne) {
                rows.add((long) statement.executeUpdate());
            } else {
                for (int count : statement.executeBatch()) {
                    rows.add(count == Statement.SUCCESS_NO_INFO ? -1L : count);
                }
            }
            if (returned.length > 0) {
                readKeys(statement, keys);
            }
        } catch (FlushException told) {
            throw told;
        } catch (SQLException failure) {
            throw failed(batch, isOne ? batch.first : indexOf(batch, failure, connection), failure);
        }
    }

    private void bind(PreparedStatement statement, Batch batch, int i) throws SQLException {
        List<@Nullable Object> parameters = batch.changes.get(i).parameters();
        try {
            for (int p = 0; p < parameters.size(); p++) {
                statement.setObject(p + 1, parameters.get(p));
            }
        } catch (SQLException unfit) {
            throw failed(batch, batch.first + i, unfit);
        }
    }

    private static void readKeys(PreparedStatement statement, List<Map<String, Object>> keys) throws SQLException {
        try (ResultSet generated = statement.getGeneratedKeys()) {
            ResultSetMetaData columns = generated.getMetaData();
            while (generated.next()) {
                Map<String, Object> one = new HashMap<>();
                for (int c = 1; c <= columns.getColumnCount(); c++) {
                    one.put(columns.getColumnLabel(c), generated.getObject(c));
                }
                keys.add(one);
            }
        }
    }

    /** Drivers stop at the one that failed, or go on and mark it, or say it in words. */
    private static int indexOf(Batch batch, SQLException failure, Connection connection) throws SQLException {
        if (failure instanceof BatchUpdateException) {
            int[] counts = ((BatchUpdateException) failure).getUpdateCounts();
            int failed = 0;
            int firstFailed = -1;
            for (int i = 0; counts != null && i < counts.length; i++) {
                if (counts[i] == Statement.EXECUTE_FAILED) {
                    failed++;
                    firstFailed = firstFailed < 0 ? i : firstFailed;
                }
            }
            if (counts != null && failed == 0 && counts.length < batch.changes.size()) {
                return batch.first + counts.length;
            }
            Matcher words = ENTRY.matcher(String.valueOf(failure.getMessage()));
            if (words.find()) {
                return String.valueOf(connection.getMetaData().getURL()).contains(REWRITES)
                        ? -1
                        : batch.first + Integer.parseInt(words.group(1).replaceAll("\\D", ""));
            }
            if (counts != null && failed > 0 && failed < counts.length) {
                return batch.first + firstFailed;
            }
        }
        return -1;
    }

    private FlushException failed(Batch batch, int index, SQLException failure) {
        String where = index >= 0
                ? "change " + index
                : "one of the changes " + batch.first + " to " + (batch.first + batch.changes.size() - 1);
        return new FlushException(
                where + " of " + size + " (" + batch.changes.get(0).shown() + ") was refused with SQLState "
                        + failure.getSQLState() + "; the transaction is rolled back [PW-401]",
                index,
                failure);
    }
}

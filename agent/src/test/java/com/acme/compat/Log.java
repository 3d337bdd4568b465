package com.acme.compat;

import java.io.InputStream;
import java.io.Reader;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Notes what an application sees, one line per step: the result, or the exception with everything that belongs to it. */
public final class Log {

    /** Something the application does; what it returns is noted. */
    public interface Step {
        Object run() throws Exception;
    }

    /** The same without a result. */
    public interface Act {
        void run() throws Exception;
    }

    /** What must vary: identity hashes, generated constraint names, process ids. */
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{4,}\\b");

    private static final Pattern SYSTEM_NAME = Pattern.compile(
            "\\b(CONSTRAINT_|SYS_\\w+?_)[0-9A-F_]{2,}\\b|(SQL)?[0-9A-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(SQL[0-9]*-?)?[0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}");
    private static final Pattern CONNECTION_NUMBER = Pattern.compile(
            "\\b(conn|SESSIONID = |XID = |conn=|by tx |SQL_CURLH000C|large object |portal \"C_|statement \"S_)\\d+");

    private static final Pattern DURATION = Pattern.compile("\\b[0-9,]+ milliseconds");

    private static final int MOST_CAUSES = 5;

    private final List<String> lines = new ArrayList<>();
    private final List<String[]> replacements = new ArrayList<>();

    /** Writes {@code replacement} wherever {@code text} would be: what differs between runs by nature. */
    public void mask(String text, String replacement) {
        replacements.add(new String[] {text, replacement});
    }

    public void step(String name, Step step) {
        String outcome;
        try {
            outcome = text(step.run());
        } catch (Throwable failure) {
            outcome = describe(failure);
        }
        note(name, outcome);
    }

    public void act(String name, Act act) {
        step(name, () -> {
            act.run();
            return "done";
        });
    }

    /** Notes what is known already. */
    public synchronized void note(String name, Object value) {
        String line = name + ": " + text(value).replace("\r", "").replace("\n", " / ");
        for (String[] replacement : replacements) {
            line = line.replace(replacement[0], replacement[1]);
        }
        line = IDENTITY.matcher(line).replaceAll("@#");
        line = SYSTEM_NAME.matcher(line).replaceAll("#");
        line = DURATION.matcher(line).replaceAll("# milliseconds");
        lines.add(CONNECTION_NUMBER.matcher(line).replaceAll("$1#"));
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** All rows of a query on this connection. */
    public void query(String name, Connection connection, String sql) {
        step(name, () -> {
            try (Statement statement = connection.createStatement()) {
                return rows(statement.executeQuery(sql));
            }
        });
    }

    private static String text(Object value) {
        try {
            return text(value, 0);
        } catch (Exception unreadable) {
            return "unreadable: " + describe(unreadable);
        }
    }

    private static String text(Object value, int depth) throws Exception {
        if (value instanceof ResultSet rows) {
            return rows(rows);
        } else if (value instanceof Object[] array) {
            List<String> parts = new ArrayList<>();
            for (Object each : array) {
                parts.add(text(each, depth + 1));
            }
            return parts.toString();
        } else if (value instanceof Collection<?> collection) {
            return text(collection.toArray(), depth + 1);
        } else if (value instanceof byte[] bytes) {
            return bytes.length > 100
                    ? bytes.length + " bytes #" + Arrays.hashCode(bytes)
                    : HexFormat.of().formatHex(bytes);
        } else if (value instanceof int[] numbers) {
            return Arrays.toString(numbers);
        } else if (value instanceof long[] numbers) {
            return Arrays.toString(numbers);
        } else if (value instanceof Blob blob) {
            return "blob " + text(blob.getBytes(1, (int) Math.min(blob.length(), 1_000_000)), depth + 1);
        } else if (value instanceof Clob clob) {
            return "clob " + shortened(clob.getSubString(1, (int) Math.min(clob.length(), 1_000_000)));
        } else if (value instanceof Array array) {
            return "array of " + array.getBaseTypeName() + " " + text(array.getArray(), depth + 1);
        } else if (value instanceof InputStream in) {
            return "stream " + text(in.readAllBytes(), depth + 1);
        } else if (value instanceof Reader reader) {
            java.io.StringWriter all = new java.io.StringWriter();
            reader.transferTo(all);
            return "reader " + shortened(all.toString());
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, String> sorted = new TreeMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sorted.put(String.valueOf(entry.getKey()), text(entry.getValue(), depth + 1));
            }
            return sorted.toString();
        } else if (value instanceof SQLWarning warning) {
            return "warning " + describe(warning);
        } else if (value instanceof Throwable failure) {
            return describe(failure);
        }
        return shortened(String.valueOf(value));
    }

    private static String shortened(String text) {
        return text.length() > 2000 ? text.length() + " characters #" + text.hashCode() : text;
    }

    /** All rows, for where they have to be read at once. */
    public static String rows(ResultSet rows) throws Exception {
        ResultSetMetaData columns = rows.getMetaData();
        List<String> all = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.add(text(rows.getObject(i), 1));
            }
            all.add(String.join(",", row));
        }
        return "rows " + all;
    }

    private static String describe(Throwable failure) {
        return "threw " + describe(failure, 0);
    }

    private static String describe(Throwable failure, int depth) {
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        SQLException sql = failure instanceof SQLException ofDatabase ? ofDatabase : null;
        if (sql != null) {
            text.append('[')
                    .append(sql.getSQLState())
                    .append(' ')
                    .append(sql.getErrorCode())
                    .append(']');
        }
        if (failure instanceof BatchUpdateException batch) {
            text.append(Arrays.toString(batch.getUpdateCounts()));
            text.append(Arrays.toString(batch.getLargeUpdateCounts()));
        }
        if (failure instanceof SQLClientInfoException info) {
            text.append(info.getFailedProperties());
        }
        text.append(' ').append(failure.getMessage());
        if (depth == MOST_CAUSES) {
            return text.append(" ...").toString();
        }
        if (failure.getCause() != null && failure.getCause() != failure) {
            text.append("; caused by ").append(describe(failure.getCause(), depth + 1));
        }
        if (sql != null && sql.getNextException() != null) {
            text.append("; next ").append(describe(sql.getNextException(), depth + 1));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append("; suppressed ").append(describe(suppressed, depth + 1));
        }
        return text.toString();
    }
}

package dev.poolwright.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row to insert, or rows to update or delete, for {@link Session#add(Change)}. Names of tables and columns become part of
 * the text as they are: they are the program's, never input of its users. Values are parameters.
 *
 * <p>Immutable: each method returns another change. Those of the same shape have the same text, and go in one batch.
 */
public final class Change {

    /** What it does, for counts. */
    enum Kind {
        INSERT,
        UPDATE,
        DELETE,
        /** A text of the caller's. */
        OTHER
    }

    private final Kind kind;
    private final String table;
    private final List<String> columns;
    private final List<@Nullable Object> values;
    private final List<String> conditions;
    private final List<@Nullable Object> keys;
    private final List<String> returned;

    private Change(
            Kind kind,
            String table,
            List<String> columns,
            List<@Nullable Object> values,
            List<String> conditions,
            List<@Nullable Object> keys,
            List<String> returned) {
        this.kind = kind;
        this.table = table;
        this.columns = columns;
        this.values = values;
        this.conditions = conditions;
        this.keys = keys;
        this.returned = returned;
    }

    private static Change of(Kind kind, String table) {
        return new Change(
                kind,
                table,
                Collections.<String>emptyList(),
                Collections.<@Nullable Object>emptyList(),
                Collections.<String>emptyList(),
                Collections.<@Nullable Object>emptyList(),
                Collections.<String>emptyList());
    }

    /** A row for {@code table}. */
    public static Change insert(String table) {
        return of(Kind.INSERT, table);
    }

    /** New values in rows of {@code table}. */
    public static Change update(String table) {
        return of(Kind.UPDATE, table);
    }

    /** Rows of {@code table} to go. */
    public static Change delete(String table) {
        return of(Kind.DELETE, table);
    }

    static Change text(String sql, @Nullable Object @Nullable ... given) {
        // add(sql, null) means one NULL, though the compiler takes it for no array
        @Nullable Object[] parameters = given == null ? new @Nullable Object[] {null} : given;
        return new Change(
                Kind.OTHER,
                sql,
                Collections.<String>emptyList(),
                new ArrayList<>(Arrays.asList(parameters)),
                Collections.<String>emptyList(),
                Collections.<@Nullable Object>emptyList(),
                Collections.<String>emptyList());
    }

    /**
     * With a value for a column.
     *
     * @param value as {@code setObject} takes it; null = NULL
     * @throws IllegalStateException of a delete, which sets nothing
     */
    public Change set(String column, @Nullable Object value) {
        if (kind == Kind.DELETE) {
            throw new IllegalStateException("a delete sets no column: " + column + " of " + table);
        }
        return new Change(kind, table, with(columns, column), withValue(values, value), conditions, keys, returned);
    }

    /**
     * Of the rows in which a column has this value; more than one must all be so.
     *
     * @param value not null, which nothing equals
     * @throws IllegalStateException    of an insert, which has no condition
     * @throws IllegalArgumentException if the value is null
     */
    public Change where(String column, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "nothing equals NULL: write a condition on " + column + " being null as text (" + table + ")");
        }
        if (kind == Kind.INSERT) {
            throw new IllegalStateException("an insert has no condition: " + column + " of " + table);
        }
        return new Change(kind, table, columns, values, with(conditions, column), withValue(keys, value), returned);
    }

    /**
     * Whose generated values are wanted afterwards, of {@link FlushResult#keys}.
     *
     * @param generated the columns; names as the database writes them
     * @throws IllegalStateException of anything but an insert
     */
    public Change returning(String... generated) {
        if (kind != Kind.INSERT) {
            throw new IllegalStateException("only an insert generates keys: " + table);
        }
        return new Change(kind, table, columns, values, conditions, keys, Arrays.asList(generated.clone()));
    }

    private static List<String> with(List<String> some, String one) {
        List<String> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }

    private static List<@Nullable Object> withValue(List<@Nullable Object> some, @Nullable Object one) {
        List<@Nullable Object> more = new ArrayList<>(some);
        more.add(one);
        return more;
    }

    Kind kind() {
        return kind;
    }

    /** The columns whose generated values are wanted. */
    List<String> returned() {
        return returned;
    }

    /** In the order of the text's question marks. */
    List<@Nullable Object> parameters() {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(keys);
        return all;
    }

    /**
     * The text, with a question mark for each parameter.
     *
     * @throws IllegalStateException if it would change every row, or set nothing
     */
    String sql() {
        switch (kind) {
            case OTHER:
                return table;
            case INSERT:
                require(!columns.isEmpty(), "an insert needs a value: set(column, value)");
                return "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                        + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
            case UPDATE:
                require(!columns.isEmpty(), "an update needs a value: set(column, value)");
                require(!conditions.isEmpty(), "an update of every row is to be written as text");
                return "update " + table + " set " + String.join(" = ?, ", columns) + " = ? where "
                        + String.join(" = ? and ", conditions) + " = ?";
            case DELETE:
                require(!conditions.isEmpty(), "a delete of every row is to be written as text");
                return "delete from " + table + " where " + String.join(" = ? and ", conditions) + " = ?";
        }
        throw new IllegalStateException(kind.name());
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise + " (" + table + ")");
        }
    }

    /** The text as it may be shown: one of the caller's up to where a value could begin. */
    String shown() {
        if (kind != Kind.OTHER) {
            return sql();
        }
        int end = 0;
        while (end < table.length() && "'\"`$0123456789".indexOf(table.charAt(end)) < 0) {
            end++;
        }
        return end == table.length() ? table : table.substring(0, end) + "..";
    }

    @Override
    public String toString() {
        return kind + " " + (kind == Kind.OTHER ? shown() : table);
    }
}

package dev.poolwright.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What one flush did.
 *
 * <p>Immutable.
 */
public final class FlushResult {

    /** Of a flush that had nothing to do. */
    static final FlushResult NOTHING =
            new FlushResult(Collections.<Long>emptyList(), 0, Collections.<Map<String, Object>>emptyList());

    private final List<Long> rows;
    private final int statements;
    private final List<Map<String, Object>> keys;

    FlushResult(List<Long> rows, int statements, List<Map<String, Object>> keys) {
        this.rows = Collections.unmodifiableList(new ArrayList<>(rows));
        this.statements = statements;
        this.keys = Collections.unmodifiableList(new ArrayList<>(keys));
    }

    /** For each change, in the order in which they were added, how many rows it changed; -1 where the driver does not say. */
    public List<Long> rows() {
        return rows;
    }

    /** How many rows were changed in all, as far as the driver says. */
    public long total() {
        long all = 0;
        for (long each : rows) {
            all += Math.max(each, 0);
        }
        return all;
    }

    /** How many times something was sent: a batch is one. */
    public int statements() {
        return statements;
    }

    /**
     * The generated values of the changes that asked for them ({@link Change#returning}), in their order: by the name of the
     * column, as the database writes it. Empty where the driver gives none for batches.
     */
    public List<Map<String, Object>> keys() {
        return keys;
    }

    @Override
    public String toString() {
        return rows.size() + " changes in " + statements + " statements, " + total() + " rows";
    }
}

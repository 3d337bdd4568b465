package dev.poolwright.jdbc;

import dev.poolwright.dialect.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were left open at the close of their connection, with their statements: some drivers have them in memory and
 * let them be read on, and there are programs that do. Everything else is closed.
 *
 * <p>Filled by the closer, then for any thread.
 */
final class LeftOpen {

    private final Set<ChildHandle> left = ConcurrentHashMap.newKeySet(4);

    private LeftOpen() {}

    /** Closes {@code children} but for those that may stay open; null if none may. */
    static @Nullable LeftOpen closeOthers(List<ChildHandle> children, Dialect dialect) throws SQLException {
        LeftOpen open = null;
        for (ChildHandle child : children) {
            boolean stays = false;
            for (ResultSetHandle rows : child.openRows()) {
                if (dialect.rowsOutliveConnection(statementOf(child), (ResultSet) rows.poolwrightRaw())) {
                    open = open == null ? new LeftOpen() : open;
                    open.left.add(rows);
                    open.left.add(child);
                    stays = true;
                }
            }
            if (!stays) {
                child.closeRaw();
            }
        }
        return open;
    }

    private static @Nullable Statement statementOf(ChildHandle child) {
        return child instanceof StatementHandle ? (Statement) child.poolwrightRaw() : null;
    }

    boolean contains(ChildHandle child) {
        return left.contains(child);
    }

    void add(ChildHandle child) {
        left.add(child);
    }

    /** The application has closed {@code child}. */
    void remove(ChildHandle child) {
        left.remove(child);
    }
}

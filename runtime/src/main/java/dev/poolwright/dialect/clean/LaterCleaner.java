package dev.poolwright.dialect.clean;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cleaner of a database that is not known before the first session is to be cleaned. */
public final class LaterCleaner extends SessionCleaner {

    private final Supplier<? extends @Nullable SessionCleaner> maker;
    private volatile @Nullable SessionCleaner made;

    /** @param maker asked once a connection is open; null = sessions of that database cannot be cleaned */
    public LaterCleaner(Supplier<? extends @Nullable SessionCleaner> maker) {
        this.maker = maker;
    }

    private SessionCleaner made() {
        SessionCleaner known = made;
        if (known == null) {
            known = maker.get(); // a race makes two without a state of their own
            if (known == null) {
                throw new IllegalStateException("sessions of this database cannot be made new again");
            }
            made = known;
        }
        return known;
    }

    @Override
    void mark(Connection raw) throws SQLException {
        made().mark(raw);
    }

    @Override
    boolean isMarked(Connection raw) throws SQLException {
        return made().isMarked(raw);
    }

    @Override
    Map<String, String> settings(Connection raw) throws SQLException {
        return made().settings(raw);
    }

    @Override
    void assign(StringBuilder sql, String name, String value) {
        made().assign(sql, name, value);
    }

    @Override
    boolean reset(Connection raw, boolean plans, boolean catalog, String settings) throws SQLException {
        return made().reset(raw, plans, catalog, settings);
    }
}

package dev.poolwright.dialect;

import org.jspecify.annotations.Nullable;

/** The dialects there are. */
public final class Dialects {

    private static final Dialect GENERIC = new GenericDialect();
    private static final Dialect[] KNOWN = {new PostgresDialect(), new H2Dialect()};

    private Dialects() {}

    /** The dialect responsible for {@code url}; the careful generic one if none is. */
    public static Dialect forUrl(String url) {
        for (Dialect dialect : KNOWN) {
            if (dialect.accepts(url)) {
                return dialect;
            }
        }
        return GENERIC;
    }

    /** The dialect whose driver's {@code DataSource} is called {@code className}, or null if it is nobody's. */
    public static @Nullable Dialect forDataSource(String className) {
        for (Dialect dialect : KNOWN) {
            if (dialect.isDataSource(className)) {
                return dialect;
            }
        }
        return null;
    }
}

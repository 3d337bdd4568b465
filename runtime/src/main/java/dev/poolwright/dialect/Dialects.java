package dev.poolwright.dialect;

import org.jspecify.annotations.Nullable;

/**
 * The dialects there are. Each is loaded when the first URL of its kind is seen: an application uses one or two of them,
 * and all would cost its start a dozen classes.
 */
public final class Dialects {

    private static final String[] SUBPROTOCOLS = {
        "postgresql", "h2", "mysql", "mysql+srv", "mariadb", "hsqldb", "derby", "sqlite", "sqlserver", "oracle", "db2"
    };

    private static final String JDBC = "jdbc:";

    /** By the index of their subprotocol, the last one the generic; a race makes one twice, and they have no state. */
    private static final @Nullable Dialect[] MADE = new Dialect[SUBPROTOCOLS.length + 1];

    private Dialects() {}

    /** The dialect responsible for {@code url}; the careful generic one if none is. Allocates nothing. */
    public static Dialect forUrl(String url) {
        if (url.startsWith(JDBC)) {
            for (int i = 0; i < SUBPROTOCOLS.length; i++) {
                String subprotocol = SUBPROTOCOLS[i];
                int end = JDBC.length() + subprotocol.length();
                if (url.startsWith(subprotocol, JDBC.length()) && end < url.length() && url.charAt(end) == ':') {
                    return at(i);
                }
            }
        }
        return at(SUBPROTOCOLS.length);
    }

    private static Dialect at(int index) {
        Dialect known = MADE[index];
        if (known == null) {
            known = make(index);
            MADE[index] = known;
        }
        return known;
    }

    /** By methods of theirs: a {@code new} of several classes here would have the verifier load them all. */
    private static Dialect make(int index) {
        switch (index) {
            case 0:
                return PostgresDialect.make();
            case 1:
                return H2Dialect.make();
            case 2:
            case 3:
            case 4:
                return MySqlDialect.make(SUBPROTOCOLS[index]);
            case 5:
                return HsqldbDialect.make();
            case 6:
                return DerbyDialect.make();
            case 7:
                return SqliteDialect.make();
            case 8:
                return SqlServerDialect.make();
            case 9:
                return OracleDialect.make();
            case 10:
                return Db2Dialect.make();
            default:
                return GenericDialect.make();
        }
    }
}

package dev.poolwright.agent.sweep;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The reviewed list of what an application may find otherwise with the agent, and why. */
public final class IntendedDifferences {

    /** One of them: which calls of which databases, what comes of them without and with the agent. */
    public record Intended(Set<Place> places, Pattern call, Pattern plain, Pattern agent, String reason) {

        boolean covers(Place place, Difference difference) {
            return places.contains(place)
                    && call.matcher(difference.call()).matches()
                    && plain.matcher(difference.plain()).matches()
                    && agent.matcher(difference.agent()).matches();
        }
    }

    private static final Set<Place> POOLED = EnumSet.of(Place.H2, Place.POSTGRESQL, Place.MARIADB);

    private static final String STATEMENTS =
            "(statement|statement with (rows|keys|a batch)|prepared (query|insert|update)|call)";

    private static final List<Intended> ALL = new ArrayList<>();

    private IntendedDifferences() {}

    /** What this database's driver says of a connection that is closed, in full. */
    private static String closed(Place place) {
        return switch (place) {
            case H2 ->
                "threw org\\.h2\\.jdbc\\.JdbcSQLNonTransientException\\[90007 90007\\]"
                        + " The object is already closed \\[90007-[0-9]+\\]";
            case POSTGRESQL ->
                "threw org\\.postgresql\\.util\\.PSQLException\\[08003 0\\] This connection has been closed\\.";
            case MARIADB ->
                "threw java\\.sql\\.SQLNonTransientConnectionException\\[08000 1220\\] \\(conn\\) Connection is closed";
            default -> throw new IllegalArgumentException(place + " is not pooled");
        };
    }

    static {
        statementsLeftBehind();
        rowsLeftBehind();
        valuesLeftBehind();
        add(
                EnumSet.of(Place.H2),
                "connection( in a transaction)? \\| abort\\(Executor\\)",
                "null \\| \"\\[(true|false), .*",
                "null \\| \"\\[closed\\]\".*",
                "abort() of H2 does nothing at all; with the agent it closes the connection, as JDBC demands.");
        add(
                POOLED,
                "savepoint without a name( after its connection's close)? \\| getSavepointId\\(\\)",
                "Integer [0-9]+",
                "Integer [0-9]+",
                "Savepoints without a name are numbered through the life of the driver's connection, which is longer with a pool.");
        add(
                EnumSet.of(Place.MARIADB),
                "statement with rows after its connection's close \\| getResultSet\\(\\)",
                "null",
                "the rows",
                "A statement that was left open for its rows still has them as its result; the driver's own has let go of them.");
        add(
                EnumSet.of(Place.POSTGRESQL),
                "connection in a transaction after its (connection's )?close \\|"
                        + " (getAdaptiveFetch|getDefaultFetchSize|getPrepareThreshold)\\(\\)",
                "Boolean false|Integer [05]",
                "Boolean true|Integer 1",
                "One connection that was closed answers for all closed handles of its engine: what a program sets on one of"
                        + " them it may see on another.");
    }

    private static void statementsLeftBehind() {
        for (Place place : POOLED) {
            // Asked whether it is closed, MariaDB's statement closes itself, and has other words from then on.
            String alsoOfStatement = place == Place.MARIADB
                    ? "|threw java\\.sql\\.SQLSyntaxErrorException\\[42000 -1\\] \\(conn\\) Cannot do an operation on a closed statement"
                    : "";
            if (place != Place.H2) {
                add(
                        EnumSet.of(place),
                        STATEMENTS + " after its connection's close \\| (?!(isClosed|getConnection|cancel|close)\\().*",
                        ".*",
                        closed(place) + alsoOfStatement,
                        "A statement is closed with its connection and refuses what is asked of it. The driver leaves its own open,"
                                + " which still tells its settings, or refuses for another reason.");
            }
        }
        add(
                EnumSet.of(Place.H2, Place.POSTGRESQL),
                STATEMENTS + " after its connection's close \\| isClosed\\(\\)",
                "Boolean false",
                "Boolean true",
                "A statement is closed with its connection and says so, as JDBC demands; the driver leaves its own open.");
        add(
                EnumSet.of(Place.POSTGRESQL),
                "(prepared (query|insert|update)|call) after its connection's close \\| isUseServerPrepare\\(\\)",
                "Boolean true",
                "Boolean false",
                "That is what the driver says of a statement that is closed, which it is with its connection.");
        add(
                EnumSet.of(Place.H2),
                "(prepared (query|insert|update)|call) after its connection's close \\| setObject\\(int, Object, .*",
                closed(Place.H2),
                "threw org\\.h2\\.jdbc\\.JdbcSQLNonTransientException\\[HY000 50000\\] General error: .*NullPointerException.*",
                "That is what H2 says of a statement that is closed, which it is with its connection.");
    }

    private static void rowsLeftBehind() {
        add(
                EnumSet.of(Place.H2),
                "(updatable row|row|row of the catalogue) after its connection's close \\| isClosed\\(\\)",
                "Boolean false",
                "Boolean true",
                "Rows are closed with their connection and say so, as JDBC demands; the driver leaves its own open, and refuses"
                        + " them all the same.");
        add(
                EnumSet.of(Place.POSTGRESQL, Place.MARIADB),
                "updatable row after its connection's close \\| isClosed\\(\\)",
                "Boolean false",
                "Boolean true",
                "Rows that can be changed have statements of their own: they are closed with their connection.");
        add(
                EnumSet.of(Place.POSTGRESQL),
                "updatable row after its connection's close \\| (?!(isClosed|close)\\().*",
                ".*",
                "threw org\\.postgresql\\.util\\.PSQLException\\[55000 0\\] This ResultSet is closed\\.",
                "Rows that can be changed have statements of their own: they are closed with their connection.");
        add(
                EnumSet.of(Place.MARIADB),
                "updatable row after its connection's close \\| (?!(isClosed|close)\\().*",
                ".*",
                "threw java\\.sql\\.SQLException\\[HY000 -1\\] \\(conn\\) Operation not permit on a closed resultSet",
                "Rows that can be changed have statements of their own: they are closed with their connection.");
        add(
                EnumSet.of(Place.MARIADB),
                "row of the catalogue after its connection's close \\| getWarnings\\(\\)",
                "null",
                closed(Place.MARIADB),
                "Of most rows the driver asks the server for warnings.");
    }

    private static void valuesLeftBehind() {
        add(
                EnumSet.of(Place.H2),
                "(blob|clob|nclob) (made|read) after its connection's close \\| (position|truncate|setAsciiStream)\\(.*",
                "threw org\\.h2\\.jdbc\\.JdbcSQLFeatureNotSupportedException\\[HYC00 50100\\] Feature not supported: \"LOB .*",
                closed(Place.H2),
                "A LOB that is of the server refuses everything after the close; the driver says first what it does not support.");
        add(
                EnumSet.of(Place.POSTGRESQL),
                "(blob|clob) read after its connection's close \\|"
                        + " (getCharacterStream\\(long, long\\)|position|setAsciiStream|setCharacterStream|setString)\\(?.*",
                "threw (java\\.sql\\.SQLFeatureNotSupportedException\\[0A000 0\\]|java\\.lang\\.NullPointerException) .*",
                closed(Place.POSTGRESQL),
                "A LOB that is of the server refuses everything after the close; the driver says first what it does not support.");
        add(
                EnumSet.of(Place.POSTGRESQL),
                "(parameters after its connection's close \\| getParameter(ClassName|Type|TypeName)"
                        + "|columns of a prepared query after its connection's close"
                        + " \\| (getColumnClassName|getColumnType|isCurrency))\\(int\\)",
                "\"java\\.lang\\.Integer\"|Integer 4|\"int4\"|Boolean false",
                closed(Place.POSTGRESQL),
                "The driver asks the server for types that it does not know.");
        add(
                EnumSet.of(Place.MARIADB),
                "array read after its connection's close \\| getResultSet\\(.*",
                "ResultSet\\{.*|threw java\\.sql\\.SQLFeatureNotSupportedException.*",
                closed(Place.MARIADB),
                "Rows are not made after the close.");
    }

    private static void add(Set<Place> places, String call, String plain, String agent, String reason) {
        ALL.add(new Intended(places, Pattern.compile(call), Pattern.compile(plain), Pattern.compile(agent), reason));
    }

    /** All, for a page that lists them. */
    public static List<Intended> all() {
        return List.copyOf(ALL);
    }

    /** The first that covers it, or null. */
    static Intended of(Place place, Difference difference) {
        for (Intended intended : ALL) {
            if (intended.covers(place, difference)) {
                return intended;
            }
        }
        return null;
    }
}

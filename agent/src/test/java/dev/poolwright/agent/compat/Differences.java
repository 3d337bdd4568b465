package dev.poolwright.agent.compat;

import static dev.poolwright.agent.compat.Difference.ON_H2;
import static dev.poolwright.agent.compat.Difference.known;

import com.acme.compat.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All differences that are known, reviewed one by one. Whatever is not listed here fails the build, and so does an
 * intended difference that is listed and no longer seen.
 */
final class Differences {

    private static final Set<Kind> ON_POSTGRES = EnumSet.of(Kind.POSTGRES);
    private static final Set<Kind> ON_MARIADB = EnumSet.of(Kind.MARIADB);

    /** What these drivers say of a connection that is closed. */
    private static final String CLOSED_H2 =
            "threw org\\.h2\\.jdbc\\.JdbcSQLNonTransientException\\[90007 90007\\] The object is already closed .*";

    private static final String CLOSED_POSTGRES =
            "threw org\\.postgresql\\.util\\.PSQLException\\[08003 0\\] This connection has been closed\\.";

    private static final String ROWS_CLOSED_POSTGRES =
            "threw org\\.postgresql\\.util\\.PSQLException\\[55000 0\\] This ResultSet is closed\\.";

    private static final String CLOSED_MARIADB = "threw java\\.sql\\.SQLNonTransientConnectionException\\[08000 1220\\]"
            + " \\(conn=#\\) Connection is closed";

    private static final String STATEMENT_CLOSED_MARIADB = "threw java\\.sql\\.SQLSyntaxErrorException\\[42000 -1\\]"
            + " \\(conn=#\\) Cannot do an operation on a closed statement";

    private static final String ROWS_CLOSED_MARIADB = "threw java\\.sql\\.SQLException\\[HY000 -1\\]"
            + " \\(conn=#\\) Operation not permit on a closed resultSet";

    private static final String ARRIVING =
            "Rows that are still coming in, or of which the server keeps the rest, end with"
                    + " their connection, and say so; the driver hands out those that have arrived.";

    static final List<Difference> ALL = all();

    private static List<Difference> all() {
        List<Difference> all = new ArrayList<>();
        afterClose(all);
        abort(all);
        otherDrivers(all);
        return List.copyOf(all);
    }

    private static void afterClose(List<Difference> to) {
        String closedWithIt =
                "With its connection a statement is closed, and its rows, and they say so, as JDBC demands; the"
                        + " driver leaves its own open, and refuses to use them.";
        to.add(known(
                ON_H2,
                "Closing\\.in_every_order",
                "closed",
                "(true|false) false true",
                "true true true",
                closedWithIt));
        to.add(known(
                ON_H2,
                "Closing\\.statement_used_after|Descriptions\\.rows_of_a_description|Isolation\\.held_rows_after_close"
                        + "|Sharing\\.made_here_used_there",
                "closed|rows closed|rows after",
                "false",
                "true",
                closedWithIt));
        to.add(known(ON_H2, "Statements\\.many_open_at_once", "closed with it", "0", "200", closedWithIt));
        to.add(known(
                ON_POSTGRES,
                "Closing\\.in_every_order",
                "closed",
                "true false true",
                "true true true",
                "A statement without open rows is closed with its connection and says so, as JDBC demands; the driver leaves"
                        + " its own open, and refuses to use it."));
        to.add(known(
                ON_POSTGRES,
                "Closing\\.statement_used_after",
                "parameter|add|keys",
                "done|rows \\[\\]",
                CLOSED_POSTGRES,
                "Parameters of a statement whose connection is closed are refused, and so are keys that were not asked for"
                        + " before; the driver takes them, and refuses the execution."));
        to.add(known(
                ON_POSTGRES,
                "Closing\\.statement_used_after",
                "description",
                "threw org\\.postgresql\\.util\\.PSQLException\\[08006 0\\] An I/O error occurred while sending to the"
                        + " backend\\.; .*",
                CLOSED_POSTGRES,
                "What would have to be asked of the server is refused in the words for what is closed; the driver tries to"
                        + " send it."));
        to.add(known(
                ON_MARIADB,
                "Closing\\.statement_used_after",
                "warnings|description",
                CLOSED_MARIADB,
                STATEMENT_CLOSED_MARIADB,
                "What would have to be asked of the server is refused in the words for what is closed; the driver says it"
                        + " of the connection, or of the rows."));
        to.add(known(
                ON_MARIADB,
                "Closing\\.statement_used_after",
                "rows' warnings",
                CLOSED_MARIADB,
                ROWS_CLOSED_MARIADB,
                "What would have to be asked of the server is refused in the words for what is closed; the driver says it"
                        + " of the connection, or of the rows."));
        to.add(known(
                ON_MARIADB,
                "Isolation\\.held_rows_after_close",
                "next after close",
                "true",
                ROWS_CLOSED_MARIADB,
                ARRIVING));
        to.add(known(ON_MARIADB, "Isolation\\.held_rows_after_close", "closed", "false", "true", ARRIVING));
        readingOn(to);
    }

    private static void readingOn(List<Difference> to) {
        String fetched = "ReadingOn\\.of_a_statement_that_fetches";
        to.add(known(ON_POSTGRES, fetched, "(?!type|closed).*", ".*", ROWS_CLOSED_POSTGRES, ARRIVING));
        to.add(known(ON_POSTGRES, fetched, "type", "4 java\\.lang\\.Integer", CLOSED_POSTGRES, ARRIVING));
        to.add(known(ON_MARIADB, fetched, "(?!closed|close rows).*", ".*", ROWS_CLOSED_MARIADB, ARRIVING));
        to.add(known(ON_MARIADB, fetched, "closed", "false", "true", ARRIVING));
        to.add(known(
                ON_MARIADB, fetched, "close rows", "threw .*Error while streaming resultSet data.*", "done", ARRIVING));
        to.add(
                known(
                        ON_POSTGRES,
                        "ReadingOn\\.of_a_cursor_in_a_row",
                        "opened",
                        CLOSED_POSTGRES,
                        ROWS_CLOSED_POSTGRES,
                        "Rows in which a cursor is to be opened are closed with their connection; the driver fails to open it."));
        to.add(known(
                EnumSet.of(Kind.POSTGRES, Kind.MARIADB),
                "ReadingOn\\.of_a_prepared_statement",
                "executed again",
                "threw .*\\[(42809 0|42000 -1)\\].* (Can't use query methods that take|cannot be called on preparedStatement).*",
                CLOSED_POSTGRES + "|" + CLOSED_MARIADB,
                "An execution is refused because the connection is closed; the driver may find another reason first."));
        to.add(
                known(
                        ON_POSTGRES,
                        "ReadingOn\\.of_vendor_types",
                        "object (1|2|7|8|9|10)",
                        CLOSED_POSTGRES,
                        "dark|\\{\"a\": 1\\}|0 years .* 1 days .*|10\\.0\\.0\\.1|\\(1,a\\)|unreadable: "
                                + CLOSED_POSTGRES,
                        "Types that the driver has to look up were looked up at the close, so that values of them can still be read."));
    }

    private static void abort(List<Difference> to) {
        String reason = "The driver's abort() does nothing; with the agent it ends the connection, as JDBC demands.";
        to.add(known(ON_H2, "Closing\\.aborted(_without_executor)?", "closed", "false", "true", reason));
        to.add(known(ON_H2, "Closing\\.aborted", "valid", "true", "false", reason));
        to.add(known(ON_H2, "Closing\\.aborted", "use", "false", CLOSED_H2, reason));
    }

    private static void otherDrivers(List<Difference> to) {
        Set<Kind> connectorJ = EnumSet.of(Kind.CONNECTOR_J);
        to.add(
                known(
                        connectorJ,
                        "Descriptions\\.rows_of_a_description",
                        "tables after close",
                        "true",
                        "threw java\\.sql\\.SQLNonTransientConnectionException\\[08003 0\\] No operations allowed after connection"
                                + " closed\\..*",
                        "What is asked of the description of a closed connection is refused; the driver has some of it by heart."));
        to.add(known(
                connectorJ,
                "Killed\\.(one_of_ten|while_somebody_waits)",
                "close( 4)?",
                ".* ?08007 0.*",
                "done",
                Difference.DEFECT
                        + "The driver's close() fails where the server has ended the session in a transaction; with the agent"
                        + " it says nothing."));
        to.add(
                known(
                        connectorJ,
                        "Closing\\.connection_used_after",
                        "(one )?client info",
                        "\\{\\}|null",
                        "\\{ApplicationName=x\\}|x",
                        Difference.DEFECT
                                + "Client info that somebody sets on a closed connection is what other closed connections then say."));
        to.add(
                known(
                        EnumSet.of(Kind.DERBY_SERVER),
                        "GeneratedKeys\\.of_many_rows_and_none",
                        "keys( of an update)?|no keys",
                        "rows \\[null\\]",
                        "rows \\[\\d+\\]",
                        Difference.DEFECT
                                + "Keys asked of a statement that made none are the last of the session, perhaps another borrower's."));
    }

    private Differences() {}
}

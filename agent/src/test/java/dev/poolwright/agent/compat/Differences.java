package dev.poolwright.agent.compat;

import static dev.poolwright.agent.compat.Difference.DEFECT;
import static dev.poolwright.agent.compat.Difference.ON_H2;
import static dev.poolwright.agent.compat.Difference.ON_POSTGRES;
import static dev.poolwright.agent.compat.Difference.POOLED;
import static dev.poolwright.agent.compat.Difference.known;

import java.util.List;

/**
 * All differences that are known, reviewed one by one. Whatever is not listed here fails the build, and so does an
 * intended difference that is listed and no longer seen.
 */
final class Differences {

    private static final String ANY = ".*";
    private static final String NO_EXCEPTION = "(?!threw ).*";

    /** How our handles say "closed", by database. */
    private static final String H2_CLOSED =
            "threw java\\.sql\\.SQLNonTransientException\\[90007 90007\\] The object is already closed";

    private static final String POSTGRES_CLOSED =
            "threw java\\.sql\\.SQLNonTransientConnectionException\\[08003 0\\] This connection has been closed\\.";

    /** Scenarios that use what is closed. */
    private static final String USE_CLOSED = "Closing\\..*|Descriptions\\.rows_of_a_description"
            + "|Statements\\.(descriptions|many_open_at_once)|GeneratedKeys\\.read_after_close"
            + "|LargeValues\\.kept_past_the_rows|ArrayValues\\.in_columns|Warnings\\.none"
            + "|Isolation\\.held_rows_after_close|Sharing\\.(made_here_used_there|closed_by_another)"
            + "|Transactions\\.closed_while_open|Savepoints\\.kept_past_close";

    static final List<Difference> ALL = List.of(
            // -- after close
            known(
                    ON_H2,
                    USE_CLOSED,
                    ANY,
                    "threw org\\.h2\\.jdbc\\.JdbcSQLNonTransientException\\[90007 90007\\] The object is already closed"
                            + " \\[90007-\\d+\\]",
                    H2_CLOSED,
                    "After close() the exception has the driver's SQLState, code and words, but is java.sql's class: no"
                            + " driver object is asked any more that could throw its own."),
            known(
                    ON_POSTGRES,
                    USE_CLOSED,
                    ANY,
                    "threw org\\.postgresql\\.util\\.PSQLException\\[(08003|55000|08006) 0\\].*",
                    POSTGRES_CLOSED,
                    "After close() of the connection everything that came from it says that the connection is closed,"
                            + " in java.sql's class for that; the driver says so of the statement or the rows."),
            known(
                    ON_H2,
                    USE_CLOSED,
                    ANY,
                    NO_EXCEPTION + "|threw org\\.h2\\..*\\[(HY000 50000|90121 90121)\\].*",
                    H2_CLOSED,
                    DEFECT + "what the driver would still answer after close() is refused"),
            known(
                    ON_POSTGRES,
                    USE_CLOSED,
                    ANY,
                    NO_EXCEPTION,
                    POSTGRES_CLOSED,
                    DEFECT + "what the driver would still answer after close() is refused"),
            known(
                    POOLED,
                    USE_CLOSED,
                    "closed|rows closed|rows after",
                    "(true |false )*false( true)*",
                    "(true ?)+",
                    "With its connection every statement and result set is closed and says so, as JDBC demands; the"
                            + " driver leaves that to whoever calls them next."),
            known(
                    POOLED,
                    "Statements\\.many_open_at_once",
                    "closed with it",
                    "0",
                    "200",
                    "With its connection every result set is closed and says so, as JDBC demands."),
            known(
                    ON_H2,
                    "Closing\\.statement_used_after",
                    "connection",
                    "true",
                    "false",
                    DEFECT + "getConnection() of a closed statement is null with this driver"),
            known(
                    ON_POSTGRES,
                    "Closing\\.connection_used_after",
                    "valid with a negative timeout",
                    "threw org\\.postgresql\\..*Invalid timeout.*",
                    "false",
                    DEFECT + "isValid(-1) of a closed connection does not complain of the timeout"),
            known(
                    ON_POSTGRES,
                    "Closing\\.connection_used_after",
                    "wrapper|unwrap",
                    "threw org\\.postgresql\\..*\\[08003 0\\].*",
                    "true",
                    DEFECT + "unwrap and isWrapperFor of a closed connection answer"),
            known(
                    POOLED,
                    "Closing\\.connection_used_after",
                    "set client info",
                    "threw java\\.sql\\.SQLClientInfoException.*",
                    "threw java\\.sql\\.SQLClientInfoException\\[(90007 90007|08003 0)\\]\\{\\} .*",
                    DEFECT + "setClientInfo after close() names other failed properties, and a state where the driver"
                            + " has none"),
            // -- abort
            known(
                    ON_H2,
                    "Closing\\.aborted",
                    "closed|valid|use",
                    "true|false",
                    "true|false|" + H2_CLOSED,
                    DEFECT + "H2's abort() does nothing; under the agent it ends the connection"),
            known(
                    POOLED,
                    "Closing\\.aborted_without_executor",
                    "closed",
                    "false",
                    "true",
                    DEFECT + "abort(null), which the driver refuses, ends the connection"),
            known(
                    ON_POSTGRES,
                    "Closing\\.aborted",
                    "without executor",
                    "threw java\\.sql\\.SQLException\\[null 0\\] executor is null",
                    "done",
                    DEFECT + "abort(null) on a connection that was aborted does not complain"),
            // -- wrappers and identity
            known(
                    POOLED,
                    "Wrappers\\..*",
                    ".* as null.*",
                    ANY,
                    "threw java\\.lang\\.NullPointerException.*",
                    DEFECT + "unwrap(null) and isWrapperFor(null) do not ask the driver"),
            known(
                    POOLED,
                    "Connecting\\.statements_as_keys_of_maps",
                    "rows",
                    "rowsrows",
                    "rowsnull",
                    DEFECT + "getResultSet() is another object than executeQuery() returned"),
            // -- what SQL text leaves on a connection
            known(
                    POOLED,
                    "SessionText\\..*|Postgres\\.listening|Timeouts\\.waiting_for_a_lock|SchemaChanges\\.temporary_tables",
                    ANY,
                    ANY,
                    ANY,
                    DEFECT + "what SQL text changed of the session is there for the next borrower"),
            known(
                    ON_POSTGRES,
                    ANY,
                    "probe search_path",
                    "\"\\$user\", public",
                    "public|public and \"\\$user\", public|\"\\$user\", public and public",
                    DEFECT + "setSchema(getSchema()) at close() narrows the search path to what it was resolved to"),
            // -- other people's changes
            known(
                    ON_POSTGRES,
                    "SchemaChanges\\.database_made_used_and_dropped",
                    ANY,
                    ANY,
                    ANY,
                    DEFECT + "an idle connection keeps a database from being dropped"),
            known(
                    ON_POSTGRES,
                    "SchemaChanges\\.(under_a_statement_used_before|dropped_and_made_again)",
                    "after",
                    "rows .*",
                    "threw org\\.postgresql\\..*\\[0A000 0\\].*cached plan must not change result type",
                    DEFECT + "a statement that the driver has prepared on the server outlives a change of its table"),
            known(
                    ON_H2,
                    "H2\\.users",
                    ANY,
                    ANY,
                    ANY,
                    DEFECT + "an idle connection serves a user whose password was changed or who was dropped"));

    private Differences() {}
}

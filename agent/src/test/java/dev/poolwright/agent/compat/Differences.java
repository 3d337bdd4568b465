package dev.poolwright.agent.compat;

import static dev.poolwright.agent.compat.Difference.DEFECT;
import static dev.poolwright.agent.compat.Difference.ON_H2;
import static dev.poolwright.agent.compat.Difference.POOLED;
import static dev.poolwright.agent.compat.Difference.known;

import com.acme.compat.Kind;
import java.util.EnumSet;
import java.util.List;

/**
 * All differences that are known, reviewed one by one. Whatever is not listed here fails the build, and so does an
 * intended difference that is listed and no longer seen.
 */
final class Differences {

    private static final String ANY = ".*";
    private static final String NO_EXCEPTION = "(?!threw ).*";

    /** What is said of a closed connection, by all databases. */
    private static final String CLOSED = "threw .*(closed|08003|08000|90007).*";

    /** Scenarios that use what is closed. */
    private static final String USE_CLOSED = "Closing\\..*|Descriptions\\.rows_of_a_description"
            + "|Statements\\.(descriptions|many_open_at_once)|GeneratedKeys\\.read_after_close"
            + "|LargeValues\\.kept_past_the_rows|ArrayValues\\.in_columns|Warnings\\.none"
            + "|Isolation\\.held_rows_after_close|Sharing\\.(made_here_used_there|closed_by_another)"
            + "|Transactions\\.closed_while_open|Savepoints\\.kept_past_close";

    static final List<Difference> ALL = List.of(
            // -- after close
            known(
                    EnumSet.of(Kind.POSTGRES, Kind.HSQLDB, Kind.DERBY),
                    "Closing\\.connection_used_after",
                    "wrapper|unwrap",
                    "threw .*\\[08003 .*",
                    "true",
                    "A handle is a Connection, closed or not, and needs no driver to say so."),
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
                    POOLED,
                    USE_CLOSED,
                    ANY,
                    NO_EXCEPTION,
                    CLOSED,
                    "After close() of the connection nothing answers that would have to ask the physical connection,"
                            + " which may be somebody else's by then; the driver still knows some answers."),
            known(
                    EnumSet.of(Kind.POSTGRES, Kind.MARIADB),
                    USE_CLOSED,
                    ANY,
                    "threw .*",
                    CLOSED,
                    "After close() of the connection everything that came from it says so; the driver may say it of"
                            + " the statement or the rows, or in other words."),
            known(
                    ON_H2,
                    "Closing\\.statement_used_after",
                    "connection",
                    "true|false",
                    "true|false",
                    DEFECT + "getConnection() of a closed statement is null where the driver's is not, or not null"
                            + " where the driver's is"),
            known(
                    EnumSet.of(Kind.MARIADB),
                    "Closing\\.statement_used_after",
                    "cancel",
                    "threw .*",
                    "done",
                    DEFECT + "cancel() of a closed statement does not complain"),
            // -- abort
            known(
                    ON_H2,
                    "Closing\\.aborted",
                    "closed|valid|use",
                    "true|false",
                    "true|false|" + CLOSED,
                    "The driver's abort() does nothing; with the agent it ends the connection, as JDBC demands."),
            known(
                    EnumSet.of(Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB),
                    "Closing\\.aborted",
                    "without executor",
                    "threw .*",
                    "done",
                    DEFECT + "abort(null) on a connection that was aborted does not complain"),
            // -- what is kept past the close
            known(
                    EnumSet.of(Kind.MARIADB),
                    "LargeValues\\.written_after_close_into_the_next_transaction",
                    "late write",
                    "done",
                    "refused",
                    "A LOB kept past the close of its connection is dead. The driver's is a copy in memory, and lets it"
                            + " be changed; nothing of that reaches the database in either case."));

    private Differences() {}
}

package dev.poolwright.agent.compat;

import static dev.poolwright.agent.compat.Difference.DEFECT;
import static dev.poolwright.agent.compat.Difference.ON_H2;
import static dev.poolwright.agent.compat.Difference.known;

import com.acme.compat.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What SQL text changes of a session and is not brought back: scenario by scenario, what the next borrower finds. */
final class SqlTextLeftovers {

    private static final String REASON = DEFECT + "what SQL text changed of the session is there for the next borrower";

    private static final Set<Kind> ON_POSTGRES = EnumSet.of(Kind.POSTGRES);
    private static final Set<Kind> ON_MARIADB = EnumSet.of(Kind.MARIADB);

    private SqlTextLeftovers() {}

    static List<Difference> all() {
        List<Difference> all = new ArrayList<>();
        left(all, ON_H2, "Timeouts\\.waiting_for_a_lock", "lock timeout", "200");
        left(all, ON_H2, "SessionText\\.h2_lock_timeout", "lock timeout", "12345");
        left(all, ON_H2, "SessionText\\.h2_query_timeout", "query timeout", "55 0 100");
        left(all, ON_H2, "SessionText\\.h2_schema", "(current_)?schema", "ATTIC");
        left(all, ON_H2, "SessionText\\.h2_time_zone", "time zone", "9");
        left(all, ON_H2, "SessionText\\.h2_variable", "tenant", "bob");
        left(all, ON_POSTGRES, "SessionText\\.advisory_lock", "locks", "1");
        left(all, ON_POSTGRES, "SessionText\\.characteristics", "(default )?isolation", "8|serializable");
        left(all, ON_POSTGRES, "SessionText\\.characteristics", "default read-only", "on");
        left(all, ON_POSTGRES, "SessionText\\.discarded", "application name", "");
        left(all, ON_POSTGRES, "SessionText\\.discarded", "client info", "\\{ApplicationName=\\}");
        left(all, ON_POSTGRES, "SessionText\\.held_cursor_by_text", "cursors", "1");
        left(all, ON_POSTGRES, "SessionText\\.prepared_by_text", "prepared by text", "1");
        left(all, ON_POSTGRES, "SessionText\\.role", "current_user", "auditor");
        left(all, ON_POSTGRES, "SessionText\\.session_user", "(current|session)_user", "auditor");
        left(all, ON_POSTGRES, "SessionText\\.search_path", "schema|search_path", "attic");
        left(all, ON_POSTGRES, "SessionText\\.statement_timeout", "statement timeout", "12345ms");
        left(all, ON_POSTGRES, "SessionText\\.tenant_variable", "tenant", "bob");
        left(all, ON_POSTGRES, "SessionText\\.time_zone", "time zone", "Asia/Tokyo");
        left(all, ON_POSTGRES, "Postgres\\.listening", "listening", "1");
        left(all, ON_MARIADB, "Timeouts\\.waiting_for_a_lock", "lock timeout", "1");
        left(all, ON_MARIADB, "SessionText\\.mariadb_mode", "mode", "REAL_AS_FLOAT,.*,ANSI");
        left(all, ON_MARIADB, "SessionText\\.mariadb_names", "characters", "latin1");
        left(all, ON_MARIADB, "SessionText\\.mariadb_use", "catalog|database", "information_schema");
        left(all, ON_MARIADB, "SessionText\\.mariadb_variable", "tenant", "bob");
        objects(all);
        return all;
    }

    /** Something that has {@code value} for the next borrower, by his own query and by the probe of {@code names}. */
    private static void left(List<Difference> to, Set<Kind> kinds, String scenario, String names, String value) {
        to.add(known(
                kinds,
                scenario,
                "probe (" + names + ")",
                ".*",
                "(" + value + ")( and {plain})?|{plain} and (" + value + ")",
                REASON));
        to.add(known(
                kinds,
                scenario,
                "the next one's|before .*|application name",
                "rows .*",
                "rows \\[(" + value + ")\\]",
                REASON));
    }

    /** Tables, cursors, statements and channels that are still there. */
    private static void objects(List<Difference> to) {
        Set<Kind> all = EnumSet.copyOf(Difference.POOLED);
        String tables = "SchemaChanges\\.temporary_tables";
        to.add(known(all, tables, "create", "0", "threw .*\\[(42S01 (42101|1050)|42P07 0)\\] .*", REASON));
        to.add(known(all, tables, "rows", "rows \\[1\\]", "rows \\[1, 1\\]", REASON));
        to.add(known(
                all,
                tables,
                "somebody else's",
                "threw .*\\[(42S04 42104|42P01 0|42S02 1146)\\] .*",
                "\\[1, 1\\]",
                REASON));
        to.add(known(all, tables, "probe temporary tables", "0", "1|1 and 0|0 and 1", REASON));
        to.add(known(
                ON_POSTGRES,
                "SessionText\\.held_cursor_by_text",
                "somebody else's",
                "threw .*\\[34000 0\\] .*",
                "\\[1\\]",
                REASON));
        to.add(known(
                ON_POSTGRES, "SessionText\\.prepared_by_text", "prepare", "0", "threw .*\\[42P05 0\\] .*", REASON));
        to.add(known(
                ON_POSTGRES,
                "SessionText\\.prepared_by_text",
                "somebody else's",
                "threw .*\\[26000 0\\] .*",
                "\\[42\\]",
                REASON));
        to.add(known(
                ON_POSTGRES,
                "Postgres\\.listening",
                "(channels|news) of the next",
                "\\[\\]|0",
                "\\[news\\]|1",
                REASON));
    }
}

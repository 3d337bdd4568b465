package dev.poolwright.agent.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Borrowers who change whatever the database lets them change, at random; and after each a connection like a new one. */
class SessionFuzzIT {

    private static final int BORROWS = 120;
    private static final int MOST_CHANGES = 4;

    @Test
    void leaves_nothing_on_postgresql() throws Exception {
        try (Cleaned at = Cleaned.postgres();
                Connection observer = at.connect()) {
            List<String> changes = new ArrayList<>(List.of(
                    "create temp table %s (a int)",
                    "select 1 as a into temp %s",
                    "select pg_advisory_lock(%d)",
                    "select pg_try_advisory_lock_shared(%d)",
                    "listen %s",
                    "prepare %s as select 1",
                    "declare %s cursor with hold for select 1",
                    "set role auditor",
                    "set session authorization auditor",
                    "select set_config('app.%s', 'x', false)",
                    "select nextval('counter')",
                    "begin",
                    "commit",
                    "rollback",
                    "discard all",
                    "reset all",
                    "do $$ begin perform set_config('work_mem', '%d', false); end $$",
                    "select slowed_down()",
                    "insert into counted (name) values ('%s')"));
            changes.addAll(column(
                    observer,
                    "select case vartype when 'bool' then 'set ' || name || ' = ' || case setting when 'on' then 'off' else 'on' end"
                            + " when 'enum' then 'set ' || name || ' = ''' || enumvals[array_length(enumvals, 1)] || ''''"
                            + " when 'string' then 'select set_config(''' || name || ''', ''x%%s'', false)'"
                            + " else 'set ' || name || ' = ' || greatest(min_val::numeric, least(max_val::numeric, 54321)) end"
                            + " from pg_settings where context in ('user', 'superuser')"));
            assertThat(leftOver(
                            at,
                            changes,
                            "select name, setting from pg_settings where context <> 'internal' and name not like 'plpgsql.%'"
                                    + " union all select 'user', current_user || session_user"
                                    + " union all select 'tables', count(*)::text from pg_class where relnamespace = pg_my_temp_schema()"
                                    + " union all select 'locks', count(*)::text from pg_locks where locktype = 'advisory'"
                                    + " union all select 'listening', count(*)::text from pg_listening_channels()"
                                    + " union all select 'prepared', count(*)::text from pg_prepared_statements where from_sql"
                                    + " union all select 'cursors', count(*)::text from pg_cursors where is_holdable"))
                    .isEmpty();
        }
    }

    @Test
    void leaves_nothing_on_mariadb() throws Exception {
        try (Cleaned at = Cleaned.mariaDb();
                Connection observer = at.connect()) {
            List<String> changes = new ArrayList<>(List.of(
                    "create temporary table %s (a int)",
                    "set @tenant = '%s'",
                    "select '%s' into @tenant",
                    "select get_lock('%s', 0)",
                    "lock tables counted write",
                    "prepare %s from 'select 1'",
                    "use attic",
                    "use clean",
                    "set names latin1",
                    "start transaction",
                    "commit",
                    "rollback",
                    "call take_over()",
                    "select taken_over()",
                    "handler counted open",
                    "insert into counted (name) values ('%s')"));
            changes.addAll(
                    column(
                            observer,
                            "select concat('set session ', lower(variable_name), ' = ', case variable_type"
                                    + " when 'BOOLEAN' then if(session_value = 'ON', 0, 1)"
                                    + " when 'ENUM' then concat('''', substring_index(enum_value_list, ',', -1), '''')"
                                    + " when 'FLAGSET' then 'default' when 'SET' then concat('''', substring_index(enum_value_list, ',', 1), '''')"
                                    + " when 'VARCHAR' then '''x''' else '54321' end)"
                                    + " from information_schema.system_variables where variable_scope = 'SESSION' and read_only = 'NO'"));
            assertThat(
                            leftOver(
                                    at,
                                    changes,
                                    "select variable_name, session_value from information_schema.system_variables where session_value is not null"
                                            + " and variable_name not in ('TIMESTAMP', 'RAND_SEED1', 'RAND_SEED2', 'PSEUDO_THREAD_ID', 'LAST_GTID',"
                                            + " 'WARNING_COUNT', 'ERROR_COUNT', 'IDENTITY', 'LAST_INSERT_ID', 'INSERT_ID', 'GTID_BINLOG_POS',"
                                            + " 'GTID_CURRENT_POS')"
                                            + " union all select 'now', abs(@@timestamp - unix_timestamp(sysdate())) < 60"
                                            + " union all select 'database', ifnull(database(), '')"
                                            + " union all select 'variable', ifnull(@tenant, '')"
                                            + " union all select 'key', last_insert_id()"
                                            + " union all select 'transaction', @@in_transaction"
                                            + " union all select 'temporary', count(*) from information_schema.tables where table_type = 'TEMPORARY'"))
                    .isEmpty();
        }
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.replace("%%", "%"))) {
            while (rows.next()) {
                if (rows.getString(1) != null) {
                    all.add(rows.getString(1));
                }
            }
        }
        return all;
    }

    /** What borrowers found that a new connection does not have, and after what. */
    private static List<String> leftOver(Cleaned at, List<String> changes, String ask) throws Exception {
        List<String> found = new ArrayList<>();
        long seed = Long.getLong("poolwright.test.seed", 4711);
        Random random = new Random(seed);
        try (Engine engine = Engine.builder(at.url())
                .user(at.user())
                .password(at.password())
                .size(1)
                .overflow(0)
                .build()) {
            for (int i = 0; i < BORROWS; i++) {
                List<String> made = new ArrayList<>();
                try (Connection connection = engine.getConnection()) {
                    connection.setAutoCommit(random.nextBoolean());
                    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
                        String change = changes.get(random.nextInt(changes.size()))
                                .replace("%s", "n" + random.nextInt(100))
                                .replace("%d", String.valueOf(64 + random.nextInt(1000)));
                        made.add(change + " -> "
                                + Cleaned.answer(connection, change).strip());
                    }
                    if (!connection.isClosed() && random.nextBoolean()) {
                        made.add("commit -> " + commit(connection));
                    }
                }
                try (Connection next = engine.getConnection();
                        Connection fresh = at.connect()) {
                    Map<String, String> expected = pairs(fresh, ask);
                    Map<String, String> got = pairs(next, ask);
                    assertThat(expected).hasSizeGreaterThan(100);
                    if (!got.equals(expected)) {
                        got.entrySet().removeAll(expected.entrySet());
                        found.add("seed " + seed + ", borrow " + i + ": " + got + " after " + made);
                    }
                }
            }
            assertThat(engine.accidents()).isZero();
            assertThat(engine.stats().resets()).as("resets of " + BORROWS).isGreaterThan(BORROWS / 4);
        }
        return found;
    }

    private static String commit(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                return "no";
            }
            connection.commit();
            return "done";
        } catch (SQLException failed) {
            return failed.getSQLState();
        }
    }

    private static Map<String, String> pairs(Connection connection, String ask) throws SQLException {
        Map<String, String> all = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ask)) {
            while (rows.next()) {
                all.put(rows.getString(1), rows.getString(2));
            }
        }
        return all;
    }
}

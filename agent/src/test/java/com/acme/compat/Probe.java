package com.acme.compat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the next borrower of a connection can see of whoever had it before. */
final class Probe {

    private static final String[] POSTGRES = {
        "current_user", "current_user",
        "session_user", "session_user",
        "search_path", "current_setting('search_path')",
        "time zone", "current_setting('TimeZone')",
        "application name", "current_setting('application_name')",
        "statement timeout", "current_setting('statement_timeout')",
        "lock timeout", "current_setting('lock_timeout')",
        "tenant", "coalesce(current_setting('app.tenant', true), '')",
        "default isolation", "current_setting('default_transaction_isolation')",
        "default read-only", "current_setting('default_transaction_read_only')",
        "listening", "(select count(*) from pg_listening_channels())",
        "locks", "(select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())",
        "temporary tables", "(select count(*) from pg_class where relnamespace = pg_my_temp_schema())",
        "cursors", "(select count(*) from pg_cursors where is_holdable)",
        "prepared by text", "(select count(*) from pg_prepared_statements where from_sql)"
    };

    private static final String[] H2 = {
        "current_user", "current_user",
        "current_schema", "current_schema",
        "lock timeout", "lock_timeout()",
        "tenant", "cast(@tenant as varchar)",
        "time zone", "extract(timezone_hour from current_timestamp)",
        "temporary tables", "(select count(*) from information_schema.tables where table_type like '%TEMPORARY%')"
    };

    private static final String[] MARIADB = {
        "current_user", "current_user()",
        "database", "database()",
        "mode", "@@sql_mode",
        "time zone", "@@time_zone",
        "auto-commit of the server", "@@autocommit",
        "isolation of the server", "@@tx_isolation",
        "lock timeout", "@@innodb_lock_wait_timeout",
        "tenant", "ifnull(@tenant, '')",
        "characters", "@@character_set_client",
        "last key", "last_insert_id()"
    };

    private Probe() {}

    static void fresh(Kind kind, String url, String user, String password, Log log) {
        // Two at once: the one that was last given back, and the one before.
        try (Connection one = DriverManager.getConnection(url, user, password);
                Connection other = DriverManager.getConnection(url, user, password)) {
            Map<String, String> first = of(kind, one);
            Map<String, String> second = of(kind, other);
            first.forEach((name, value) -> log.note(
                    "probe " + name, value.equals(second.get(name)) ? value : value + " and " + second.get(name)));
        } catch (SQLException failed) {
            log.note("probe", failed);
        }
    }

    private static Map<String, String> of(Kind kind, Connection connection) {
        Map<String, String> seen = new LinkedHashMap<>();
        note(seen, "auto-commit", connection::getAutoCommit);
        note(seen, "isolation", connection::getTransactionIsolation);
        note(seen, "read-only", connection::isReadOnly);
        note(seen, "catalog", connection::getCatalog);
        note(seen, "schema", connection::getSchema);
        note(seen, "holdability", connection::getHoldability);
        note(seen, "network timeout", connection::getNetworkTimeout);
        note(seen, "type map", connection::getTypeMap);
        note(seen, "client info", connection::getClientInfo);
        note(seen, "warnings", connection::getWarnings);
        note(seen, "query timeout", () -> {
            try (Statement statement = connection.createStatement()) {
                return statement.getQueryTimeout() + " " + statement.getMaxRows() + " " + statement.getFetchSize();
            }
        });
        String[] session = switch (kind.database()) {
            case POSTGRES -> POSTGRES;
            case H2, H2_EMBEDDED -> H2;
            case MARIADB -> MARIADB;
            default -> new String[0];
        };
        if (session.length > 0) {
            try {
                ask(seen, connection, session);
            } catch (SQLException failed) {
                seen.put("session", String.valueOf(failed));
            }
        }
        return seen;
    }

    private static void note(Map<String, String> seen, String name, Log.Step step) {
        Log log = new Log();
        log.step(name, step);
        seen.put(name, log.lines().get(0).substring(name.length() + 2));
    }

    /** Asks for names and expressions in one round trip. */
    private static void ask(Map<String, String> seen, Connection connection, String... session) throws SQLException {
        StringBuilder sql = new StringBuilder("select ");
        for (int i = 1; i < session.length; i += 2) {
            sql.append(i == 1 ? "" : ", ").append(session[i]);
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            rows.next();
            for (int i = 0; i < session.length; i += 2) {
                seen.put(session[i], String.valueOf(rows.getString(i / 2 + 1)));
            }
        }
    }
}

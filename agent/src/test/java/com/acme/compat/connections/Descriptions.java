package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What a connection tells of its database. */
public final class Descriptions {

    public void product(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            DatabaseMetaData about = connection.getMetaData();
            log.step("product", about::getDatabaseProductName);
            log.step("version", about::getDatabaseProductVersion);
            log.step("driver", about::getDriverName);
            log.step("driver's version", about::getDriverVersion);
            log.step("jdbc", () -> about.getJDBCMajorVersion() + "." + about.getJDBCMinorVersion());
            log.step("url", about::getURL);
            log.step("user", about::getUserName);
            log.step("quote", about::getIdentifierQuoteString);
            log.step("key words", () -> about.getSQLKeywords().length());
            log.step("holdability", about::getResultSetHoldability);
            log.step("isolation", about::getDefaultTransactionIsolation);
            log.step("same twice", () -> connection.getMetaData() == about);
            log.step("connection", () -> about.getConnection() == connection);
            log.step("max connections", about::getMaxConnections);
            log.step("client infos", about::getClientInfoProperties);
            log.step("types", () -> {
                TreeSet<String> names = new TreeSet<>();
                try (ResultSet rows = about.getTypeInfo()) {
                    while (rows.next()) {
                        names.add(rows.getString("TYPE_NAME").toLowerCase(Locale.ROOT));
                    }
                }
                return names.contains("varchar");
            });
        }
    }

    public void tables(Db db, Log log) throws SQLException {
        String table = db.table("id " + db.identity() + ", name varchar(40) not null");
        db.run("create index i_" + table + " on " + table + " (name)");
        try (Connection connection = db.connect()) {
            DatabaseMetaData about = connection.getMetaData();
            String kept = db.kept(table);
            String catalog = connection.getCatalog(); // MariaDB tells of all databases otherwise
            String schema = db.kind() == com.acme.compat.Kind.MARIADB ? null : connection.getSchema();
            log.step("table", () -> columns(about.getTables(catalog, schema, kept, null), "TABLE_NAME", "TABLE_TYPE"));
            log.step(
                    "views",
                    () -> columns(about.getTables(catalog, schema, kept, new String[] {"VIEW"}), "TABLE_NAME"));
            log.step(
                    "columns",
                    () -> columns(
                            about.getColumns(catalog, schema, kept, "%"),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "NULLABLE"));
            log.step("keys", () -> columns(about.getPrimaryKeys(catalog, schema, kept), "COLUMN_NAME", "KEY_SEQ"));
            log.step("indexes", () -> columns(about.getIndexInfo(catalog, schema, kept, false, false), "COLUMN_NAME"));
            log.step("imported", () -> columns(about.getImportedKeys(catalog, schema, kept), "FKCOLUMN_NAME"));
            log.step("exported", () -> columns(about.getExportedKeys(catalog, schema, kept), "FKCOLUMN_NAME"));
            log.step("privileges", () -> columns(about.getTablePrivileges(catalog, schema, kept), "PRIVILEGE"));
            log.step(
                    "row id",
                    () -> columns(
                            about.getBestRowIdentifier(catalog, schema, kept, DatabaseMetaData.bestRowSession, true),
                            "COLUMN_NAME"));
            log.step("procedures", () -> columns(about.getProcedures(catalog, schema, "nothing%"), "PROCEDURE_NAME"));
            log.step("schemas", () -> columns(about.getSchemas(), "TABLE_SCHEM").size() > 0);
            log.step("catalogs", () -> columns(about.getCatalogs(), "TABLE_CAT").size() > 0);
            log.step("table types", () -> columns(about.getTableTypes(), "TABLE_TYPE"));
        }
    }

    private static List<String> columns(ResultSet rows, String... names) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (String name : names) {
                    row.add(rows.getString(name));
                }
                all.add(String.join("/", row));
            }
        }
        return all;
    }

    public void rows_of_a_description(Db db, Log log) throws SQLException {
        Connection connection = db.connect();
        DatabaseMetaData about = connection.getMetaData();
        ResultSet rows = about.getTableTypes();
        log.step("statement", () -> rows.getStatement() == null);
        log.step("statement's connection", () -> rows.getStatement().getConnection() == connection);
        log.step("closing its statement", () -> {
            rows.getStatement().close();
            return rows.isClosed();
        });
        ResultSet others = about.getTableTypes();
        log.step("next", others::next);
        connection.close();
        log.step("next after close", others::next);
        log.step("closed", others::isClosed);
        log.step("product after close", about::getDatabaseProductName);
        log.step("url after close", about::getURL);
        log.step("user after close", about::getUserName);
        log.step("tables after close", () -> about.getTableTypes().next());
        log.step("connection after close", () -> about.getConnection() == connection);
    }

    public void in_a_transaction(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        Connection connection = db.begin();
        Db.execute(connection, "update " + table + " set name = 'x'");
        log.step(
                "columns",
                () -> columns(
                        connection.getMetaData().getColumns(connection.getCatalog(), null, db.kept(table), "%"),
                        "COLUMN_NAME"));
        log.act("rollback", connection::rollback);
        log.act("close", connection::close);
        log.step("rows", () -> db.rows("select * from " + table));
    }

    public void supports(Db db, Log log) throws Exception {
        try (Connection connection = db.connect()) {
            DatabaseMetaData about = connection.getMetaData();
            TreeSet<String> answers = new TreeSet<>();
            for (var method : DatabaseMetaData.class.getMethods()) {
                if (method.getParameterCount() == 0 && method.getReturnType() == boolean.class) {
                    try {
                        answers.add(method.getName() + " " + method.invoke(about));
                    } catch (java.lang.reflect.InvocationTargetException failed) {
                        answers.add(method.getName() + " " + failed.getCause());
                    }
                }
            }
            log.note("answers", String.join(" ", answers).hashCode() + " of " + answers.size());
        }
    }
}

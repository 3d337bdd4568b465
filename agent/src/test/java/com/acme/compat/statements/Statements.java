package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Log;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Statements and what they say of themselves. */
public final class Statements {

    public void results_one_after_the_other(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step("query", () -> statement.execute("select * from " + table));
            log.step("count", statement::getUpdateCount);
            log.step("same rows twice", () -> {
                ResultSet once = statement.getResultSet();
                return once == statement.getResultSet();
            });
            log.step("rows", statement::getResultSet);
            log.step("more", statement::getMoreResults);
            log.step("count then", statement::getUpdateCount);
            log.step("rows then", statement::getResultSet);
            log.step("update", () -> statement.execute("update " + table + " set name = 'x'"));
            log.step("its count", statement::getUpdateCount);
            log.step("its large count", statement::getLargeUpdateCount);
            log.step("its rows", statement::getResultSet);
            log.step("more of it", () -> statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
        }
    }

    public void a_new_execution_closes_the_rows(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("select * from " + table + " where id > ?")) {
            statement.setInt(1, 0);
            ResultSet first = statement.executeQuery();
            log.step("first", first::next);
            statement.setInt(1, 1);
            ResultSet second = statement.executeQuery();
            log.step("first then", first::next);
            log.step("first is closed", first::isClosed);
            log.step("second", second::next);
            log.step("statement", () -> second.getStatement() == statement);
        }
    }

    public void wrong_kinds(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step("query as update", () -> statement.executeUpdate("select * from " + table));
            log.step("update as query", () -> statement.executeQuery("update " + table + " set name = 'y'"));
            log.step("nonsense", () -> statement.execute("selekt 1"));
            log.step("no such table", () -> statement.executeQuery("select * from nowhere_at_all"));
            log.step("no such column", () -> statement.executeQuery("select nothing from " + table));
            log.step("empty", () -> statement.execute(""));
            log.step("null", () -> statement.execute(null));
            log.step("two at once", () -> statement.execute("select 1; select 2"));
            log.step("duplicate", () -> statement.executeUpdate("insert into " + table + " values (1, 'z')"));
            log.step("null in a key", () -> statement.executeUpdate("insert into " + table + " values (null, 'z')"));
            log.step("division", () -> statement.executeQuery(db.one("1/0")));
            log.step("not a number", () -> statement.executeUpdate("insert into " + table + " values ('x', 'z')"));
            log.step("still usable", () -> statement.executeQuery("select count(*) from " + table));
        }
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void parameters(Db db, Log log) throws SQLException {
        String table =
                db.table("id int not null primary key, a numeric(12,3), b date, c time, d timestamp, e varchar(20),"
                        + " f smallint, g bigint, h double precision");
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("insert into " + table + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            log.step("typed", () -> {
                statement.setInt(1, 1);
                statement.setBigDecimal(2, new BigDecimal("1234.567"));
                statement.setDate(3, Date.valueOf("2020-02-29"));
                statement.setTime(4, Time.valueOf("12:34:56"));
                statement.setTimestamp(5, Timestamp.valueOf("2020-02-29 12:34:56.789"));
                statement.setString(6, "text");
                statement.setShort(7, (short) 7);
                statement.setLong(8, 8_000_000_000L);
                statement.setDouble(9, 0.5);
                return statement.executeUpdate();
            });
            log.step("objects", () -> {
                statement.setObject(1, 2);
                statement.setObject(2, new BigDecimal("2"), Types.NUMERIC);
                statement.setObject(3, LocalDate.of(2021, 1, 1));
                statement.setNull(4, Types.TIME);
                statement.setObject(5, LocalDateTime.of(2021, 1, 1, 10, 0));
                statement.setObject(6, "text", Types.VARCHAR);
                statement.setNull(7, Types.SMALLINT);
                statement.setObject(8, 5L);
                statement.setObject(9, null);
                return statement.executeUpdate();
            });
            log.act("too high an index", () -> statement.setInt(10, 1));
            log.act("index 0", () -> statement.setInt(0, 1));
            log.act(
                    "an object of ours",
                    () -> statement.setObject(1, new Object() {
                        @Override
                        public String toString() {
                            return "ours";
                        }
                    }));
            log.step("description", () -> {
                var about = statement.getParameterMetaData();
                return about.getParameterCount() + " " + about.getParameterTypeName(1) + " " + about.getParameterType(2)
                        + " " + about.getParameterClassName(6);
            });
            log.step("rows it would give", statement::getMetaData);
        }
        try (Connection connection = db.connect()) {
            log.query("rows", connection, "select * from " + table + " order by id");
        }
    }

    public void values_as_other_types(Db db, Log log) throws SQLException {
        String table = db.table("id int not null primary key, a varchar(20), b numeric(10,2), c timestamp");
        db.run("insert into " + table + " values (1, '42', 17.50, '2020-02-29 12:34:56')");
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table)) {
            rows.next();
            for (int column = 1; column <= 4; column++) {
                int i = column;
                log.step(i + " int", () -> rows.getInt(i));
                log.step(i + " long", () -> rows.getLong(i));
                log.step(i + " double", () -> rows.getDouble(i));
                log.step(i + " boolean", () -> rows.getBoolean(i));
                log.step(i + " decimal", () -> rows.getBigDecimal(i));
                log.step(i + " string", () -> rows.getString(i));
                log.step(i + " bytes", () -> rows.getBytes(i));
                log.step(i + " date", () -> rows.getDate(i));
                log.step(i + " timestamp", () -> rows.getTimestamp(i));
                log.step(i + " class", () -> rows.getObject(i).getClass());
                log.step(i + " local date time", () -> rows.getObject(i, LocalDateTime.class));
            }
            log.step("column", () -> rows.findColumn("b"));
            log.step("no such column", () -> rows.findColumn("zzz"));
            log.step("column 9", () -> rows.getInt(9));
            log.step("by label", () -> rows.getInt("ID"));
        }
    }

    @SuppressWarnings("try") // closes early on purpose
    public void descriptions(Db db, Log log) throws SQLException {
        String table = db.rowsOf(1);
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, name as title, 1 + 1 as two from " + table)) {
            var about = rows.getMetaData();
            List<Object> seen = new ArrayList<>();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                seen.add(about.getColumnName(i) + "/" + about.getColumnLabel(i) + "/" + about.getColumnTypeName(i) + "/"
                        + about.getColumnClassName(i) + "/" + about.isNullable(i) + "/" + about.getTableName(i) + "/"
                        + about.getPrecision(i) + "/" + about.isAutoIncrement(i) + "/" + about.getColumnDisplaySize(i));
            }
            log.note("columns", seen);
            log.step("column 0", () -> about.getColumnName(0));
            rows.close();
            log.step("after the rows", () -> about.getColumnName(1));
            statement.close();
            connection.close();
            log.step("after the connection", () -> about.getColumnName(1));
        }
    }

    public void closed_on_completion(Db db, Log log) throws SQLException {
        String table = db.rowsOf(2);
        try (Connection connection = db.connect()) {
            Statement statement = connection.createStatement();
            log.step("is", statement::isCloseOnCompletion);
            log.act("set", statement::closeOnCompletion);
            log.step("is then", statement::isCloseOnCompletion);
            ResultSet rows = statement.executeQuery("select * from " + table);
            rows.next();
            log.act("close rows", rows::close);
            log.step("statement closed", statement::isClosed);
            log.step("use", () -> statement.executeQuery("select * from " + table));
        }
    }

    public void many_open_at_once(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        try (Connection connection = db.connect()) {
            List<ResultSet> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(connection.createStatement().executeQuery("select id from " + table + " order by id"));
            }
            int sum = 0;
            for (ResultSet each : all) {
                each.next();
                sum += each.getInt(1);
            }
            log.note("sum", sum);
            log.act("close", connection::close);
            int closed = 0;
            for (ResultSet each : all) {
                closed += each.isClosed() ? 1 : 0;
            }
            log.note("closed with it", closed);
        }
    }

    public void escapes(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("native function", () -> connection.nativeSQL("select {fn ucase('a')}"));
            log.step("native date", () -> connection.nativeSQL("select {d '2020-01-01'}"));
            log.step("native broken", () -> connection.nativeSQL("select {fn ucase('a'"));
            log.query("function", connection, db.one("{fn ucase('a')}"));
            log.query("date", connection, db.one("{d '2020-01-01'}"));
        }
    }

    public void quoting(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement()) {
            log.step("literal", () -> statement.enquoteLiteral("it's"));
            log.step("identifier", () -> statement.enquoteIdentifier("a b", false));
            log.step("always", () -> statement.enquoteIdentifier("abc", true));
            log.step("simple", () -> statement.isSimpleIdentifier("abc"));
            log.step("national", () -> statement.enquoteNCharLiteral("x"));
        }
    }

    public void prepared_again_and_again(Db db, Log log) throws SQLException {
        String table = db.rowsOf(20);
        for (int round = 0; round < 3; round++) {
            try (Connection connection = db.connect()) {
                int sum = 0;
                for (int i = 1; i <= 12; i++) {
                    try (PreparedStatement statement =
                            connection.prepareStatement("select name from " + table + " where id = ?")) {
                        statement.setInt(1, i);
                        try (ResultSet rows = statement.executeQuery()) {
                            rows.next();
                            sum += rows.getString(1).length();
                        }
                    }
                }
                log.note("sum", sum);
            }
        }
    }

    public void one_prepared_statement_twenty_times(Db db, Log log) throws SQLException {
        String table = db.rowsOf(20);
        try (Connection connection = db.connect();
                PreparedStatement statement =
                        connection.prepareStatement("select name from " + table + " where id = ?")) {
            for (int i = 1; i <= 20; i++) {
                statement.setInt(1, i);
                log.step("row " + i, statement::executeQuery);
            }
            log.step("text", () -> statement.toString().contains("select"));
        }
    }
}

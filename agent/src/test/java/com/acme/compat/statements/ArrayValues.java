package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Arrays. */
public final class ArrayValues {

    public void made_by_the_connection(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("array", () -> connection.createArrayOf("integer", new Object[] {1, 2, 3}));
            log.step("of nothing known", () -> connection.createArrayOf("zzz", new Object[] {1}));
            log.step("struct", () -> connection.createStruct("zzz", new Object[] {1}));
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.HSQLDB})
    @SuppressWarnings("try") // closes early on purpose
    public void in_columns(Db db, Log log) throws SQLException {
        String table =
                db.table("id int not null primary key, a " + (db.kind() == Kind.POSTGRES ? "int[]" : "int array"));
        try (Connection connection = db.connect();
                PreparedStatement statement = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            statement.setInt(1, 1);
            statement.setArray(2, connection.createArrayOf("integer", new Object[] {3, 1, 2}));
            log.step("insert", statement::executeUpdate);
            statement.setInt(1, 2);
            statement.setArray(2, null);
            log.step("insert null", statement::executeUpdate);
        }
        try (Connection connection = db.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + table + " order by id")) {
            rows.next();
            Array array = rows.getArray(2);
            log.note("array", array);
            log.step("part", () -> array.getArray(2, 1));
            log.step("rows", array::getResultSet);
            log.step("rows of a part", () -> array.getResultSet(2, 2));
            log.step("their statement", () -> {
                Statement its = array.getResultSet().getStatement();
                return its == null ? null : its.getConnection() == connection;
            });
            log.step("type", () -> array.getBaseType() + " " + array.getBaseTypeName());
            rows.next();
            log.step("null", () -> rows.getArray(2));
            log.step("as object", () -> rows.getObject(2));
            rows.close();
            statement.close();
            log.step("after the rows", () -> array);
            connection.close();
            log.step("after close", array::getBaseType);
            log.act("free", array::free);
            log.step("after free", array::getArray);
        }
    }
}

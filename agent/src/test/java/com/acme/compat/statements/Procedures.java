package com.acme.compat.statements;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;

/** Callable statements. */
public final class Procedures {

    /** For databases whose functions are Java methods. */
    public static int twice(int number) {
        return 2 * number;
    }

    private static void make(Db db) throws SQLException {
        String twice = db.name("f");
        switch (db.kind()) {
            case H2, H2_EMBEDDED ->
                db.run("create alias " + twice + " for 'com.acme.compat.statements.Procedures.twice'");
            case POSTGRES -> db.run("create function " + twice + "(n int) returns int language sql as 'select 2 * n'");
            case HSQLDB -> db.run("create function " + twice + "(n int) returns int return 2 * n");
            case DERBY ->
                db.run("create function " + twice + "(n int) returns int parameter style java no sql language"
                        + " java external name 'com.acme.compat.statements.Procedures.twice'");
            case MARIADB -> db.run("create function " + twice + "(n int) returns int deterministic return 2 * n");
            default -> throw new SQLException("has none");
        }
        db.afterwards(db.kind().isH2() ? "drop alias " + twice : "drop function " + twice);
    }

    private static String function(Db db) throws SQLException {
        make(db);
        return db.name("g").replaceFirst("^g_", "f_").replaceFirst("_1$", "");
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.HSQLDB, Kind.DERBY, Kind.MARIADB})
    public void function_with_a_result(Db db, Log log) throws SQLException {
        String function = function(db);
        try (Connection connection = db.connect()) {
            log.act("call", () -> {
                try (CallableStatement call = connection.prepareCall("{? = call " + function + "(?)}")) {
                    call.registerOutParameter(1, Types.INTEGER);
                    call.setInt(2, 21);
                    log.step("execute", call::execute);
                    log.step("result", () -> call.getInt(1));
                    log.step("object", () -> call.getObject(1));
                    log.step("was null", call::wasNull);
                    log.step("wrong type", () -> call.getDate(1));
                    log.step("wrong index", () -> call.getInt(7));
                    log.step("connection", () -> call.getConnection() == connection);
                    call.setInt(2, 4);
                    log.step("again", call::execute);
                    log.step("result again", () -> call.getInt(1));
                }
            });
            log.query("in a query", connection, db.one(function + "(5)"));
        }
    }

    public void no_such_procedure(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.act("call", () -> {
                try (CallableStatement call = connection.prepareCall("{call nothing_of_the_kind(?)}")) {
                    call.setInt(1, 1);
                    call.execute();
                }
            });
            log.act("broken", () -> connection.prepareCall("{call").close());
            log.step("usable", () -> Db.rows(connection, db.one("1")));
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.HSQLDB, Kind.DERBY, Kind.MARIADB})
    public void without_registering(Db db, Log log) throws SQLException {
        String function = function(db);
        try (Connection connection = db.connect()) {
            log.act("call", () -> {
                try (CallableStatement call = connection.prepareCall("{? = call " + function + "(?)}")) {
                    log.step("early result", () -> call.getInt(1));
                    log.step("without parameters", call::execute);
                    call.setInt(2, 3);
                    log.step("without out", call::execute);
                    log.step("result", () -> call.getInt(1));
                }
            });
        }
    }

    @On(Kind.POSTGRES)
    public void cursors_as_results(Db db, Log log) throws SQLException {
        String table = db.rowsOf(3);
        String function = db.name("c");
        db.run("create function " + function + "() returns refcursor language plpgsql as 'declare r refcursor; begin"
                + " open r for select * from " + table + " order by id; return r; end'");
        db.afterwards("drop function " + function);
        try (Connection connection = db.begin();
                CallableStatement call = connection.prepareCall("{? = call " + function + "()}")) {
            call.registerOutParameter(1, Types.REF_CURSOR);
            call.execute();
            log.step("rows", () -> call.getObject(1));
            ResultSet rows = (ResultSet) call.getObject(1);
            log.step("statement's connection", () -> rows.getStatement().getConnection() == connection);
        }
    }

    /** For the database whose procedures are Java methods: a parameter that goes in and comes out is an array of one. */
    public static void sum(int a, int[] b) {
        b[0] += a;
    }

    @On({Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB, Kind.DERBY})
    public void out_parameters(Db db, Log log) throws SQLException {
        String procedure = db.name("p");
        switch (db.kind()) {
            case POSTGRES ->
                db.run("create procedure " + procedure
                        + "(a int, inout b int) language plpgsql as 'begin b := a + b; end'");
            case HSQLDB ->
                db.run("create procedure " + procedure + "(in a int, inout b int) begin atomic set b = a + b; end");
            case DERBY ->
                db.run("create procedure " + procedure + "(in a int, inout b int) parameter style java no sql language"
                        + " java external name 'com.acme.compat.statements.Procedures.sum'");
            default -> db.run("create procedure " + procedure + "(in a int, inout b int) set b = a + b");
        }
        db.afterwards("drop procedure " + procedure);
        try (Connection connection = db.connect()) {
            log.act("call", () -> {
                try (CallableStatement call = connection.prepareCall(
                        db.kind() == Kind.POSTGRES
                                ? "call " + procedure + "(?, ?)"
                                : "{call " + procedure + "(?, ?)}")) {
                    call.setInt(1, 3);
                    call.setInt(2, 4);
                    call.registerOutParameter(2, Types.INTEGER);
                    log.step("execute", call::execute);
                    log.step("out", () -> call.getInt(2));
                    log.step("description", () -> call.getParameterMetaData().getParameterMode(2));
                    call.setInt(2, 5);
                    log.step("again", call::execute);
                    log.step("out again", () -> call.getObject(2));
                    log.act("not registered", () -> call.getInt(1));
                }
            });
        }
    }
}

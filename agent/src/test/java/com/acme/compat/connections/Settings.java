package com.acme.compat.connections;

import com.acme.compat.Alone;
import com.acme.compat.Db;
import com.acme.compat.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What a connection is set to by its own methods. */
public final class Settings {

    @Alone
    public void schema(Db db, Log log) throws SQLException {
        if (db.attic() == null) {
            return;
        }
        String table = db.rowsOf(1);
        db.run("create table " + db.attic() + "." + table + " (id int, name varchar(40))");
        db.afterwards("drop table " + db.attic() + "." + table);
        try (Connection connection = db.connect()) {
            log.step("is", connection::getSchema);
            log.act("set", () -> connection.setSchema(db.attic()));
            log.step("is then", connection::getSchema);
            log.step("insert", () -> Db.execute(connection, "insert into " + table + " values (5, 'attic')"));
            log.act("no such schema", () -> connection.setSchema("nowhere"));
            log.step("is still", connection::getSchema);
            log.act("null", () -> connection.setSchema(null));
        }
        log.step("rows", () -> db.rows("select * from " + table));
        log.step("rows in the attic", () -> db.rows("select * from " + db.attic() + "." + table));
    }

    @Alone
    public void schema_in_a_transaction_that_is_left(Db db, Log log) throws SQLException {
        if (db.attic() == null) {
            return;
        }
        Connection connection = db.begin();
        Db.rows(connection, db.one("1"));
        log.act("set", () -> connection.setSchema(db.attic()));
        log.act("close", connection::close);
        try (Connection next = db.connect()) {
            log.step("the next one's", next::getSchema);
        }
    }

    public void catalog(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("is", connection::getCatalog);
            log.act("set", () -> connection.setCatalog("nowhere"));
            log.step("is then", connection::getCatalog);
            log.act("null", () -> connection.setCatalog(null));
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getCatalog);
        }
    }

    public void type_map(Db db, Log log) throws SQLException {
        Map<String, Class<?>> map = new HashMap<>();
        map.put("money", String.class);
        try (Connection connection = db.connect()) {
            log.step("is", connection::getTypeMap);
            log.act("set", () -> connection.setTypeMap(map));
            log.step("is then", connection::getTypeMap);
            log.act("change", () -> connection.getTypeMap().put("more", Integer.class));
            log.step("is at last", connection::getTypeMap);
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getTypeMap);
            log.act("change", () -> connection.getTypeMap().put("more", Integer.class));
        }
        try (Connection connection = db.connect()) {
            log.step("the one after", connection::getTypeMap);
        }
    }

    public void client_info(Db db, Log log) throws SQLException {
        Properties info = new Properties();
        info.setProperty("ApplicationName", "till 8");
        info.setProperty("Nonsense", "x");
        try (Connection connection = db.connect()) {
            log.step("is", connection::getClientInfo);
            log.act("set one", () -> connection.setClientInfo("ApplicationName", "till 7"));
            log.step("is then", connection::getClientInfo);
            log.act("set all", () -> connection.setClientInfo(info));
            log.step("is at last", connection::getClientInfo);
            log.act("nonsense", () -> connection.setClientInfo("Nonsense", "x"));
            log.act("null", () -> connection.setClientInfo("ApplicationName", null));
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getClientInfo);
        }
    }

    public void network_timeout(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("is", connection::getNetworkTimeout);
            log.act("set", () -> connection.setNetworkTimeout(Runnable::run, 30_000));
            log.step("is then", connection::getNetworkTimeout);
            log.act("negative", () -> connection.setNetworkTimeout(Runnable::run, -1));
            log.act("without executor", () -> connection.setNetworkTimeout(null, 10_000));
        }
        try (Connection connection = db.connect()) {
            log.step("the next one's", connection::getNetworkTimeout);
        }
    }

    public void valid(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.step("valid", () -> connection.isValid(1));
            log.step("without limit", () -> connection.isValid(0));
            log.step("negative", () -> connection.isValid(-1));
            connection.setAutoCommit(false);
            log.step("in a transaction", () -> connection.isValid(1));
            log.act("rollback", connection::rollback);
        }
    }

    public void sharding_keys(Db db, Log log) throws SQLException {
        try (Connection connection = db.connect()) {
            log.act("key", () -> connection.setShardingKey(null));
            log.step("if valid", () -> connection.setShardingKeyIfValid(null, 1));
        }
    }
}

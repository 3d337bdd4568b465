package com.acme.compat.connections;

import com.acme.compat.Db;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The data sources of the drivers, set up by name as an application server does from its configuration: a scenario that
 * named their classes could not be listed without all drivers.
 */
public final class DriverSources {

    private DriverSources() {}

    /** What the driver has for an application that asks for connections itself. */
    public static Object plain(Db db) throws Exception {
        return plain(db, db.user(), db.password());
    }

    /** The same for somebody. */
    public static Object plain(Db db, String user, String password) throws Exception {
        return configured(
                db,
                switch (db.way()) {
                    case H2, H2_EMBEDDED -> "org.h2.jdbcx.JdbcDataSource";
                    case POSTGRES -> "org.postgresql.ds.PGSimpleDataSource";
                    case MARIADB -> "org.mariadb.jdbc.MariaDbDataSource";
                    case CONNECTOR_J -> "com.mysql.cj.jdbc.MysqlDataSource";
                    case HSQLDB -> "org.hsqldb.jdbc.JDBCDataSource";
                    case SQLITE -> "org.sqlite.SQLiteDataSource";
                    case DERBY, DERBY_SERVER -> throw new IllegalArgumentException("in a jar of its own");
                },
                user,
                password);
    }

    /** What the driver has for a transaction manager. */
    public static Object xa(Db db) throws Exception {
        return configured(
                db,
                switch (db.way()) {
                    case H2, H2_EMBEDDED -> "org.h2.jdbcx.JdbcDataSource";
                    case POSTGRES -> "org.postgresql.xa.PGXADataSource";
                    case MARIADB -> "org.mariadb.jdbc.MariaDbDataSource";
                    case CONNECTOR_J -> "com.mysql.cj.jdbc.MysqlXADataSource";
                    case HSQLDB -> "org.hsqldb.jdbc.pool.JDBCXADataSource";
                    case DERBY, DERBY_SERVER, SQLITE -> throw new IllegalArgumentException("none here");
                },
                db.user(),
                db.password());
    }

    /** What the driver has for a pool. */
    public static Object pooled(Db db) throws Exception {
        return configured(
                db,
                switch (db.way()) {
                    case H2, H2_EMBEDDED -> "org.h2.jdbcx.JdbcDataSource";
                    case POSTGRES -> "org.postgresql.ds.PGConnectionPoolDataSource";
                    case MARIADB -> "org.mariadb.jdbc.MariaDbDataSource";
                    case CONNECTOR_J -> "com.mysql.cj.jdbc.MysqlConnectionPoolDataSource";
                    case HSQLDB -> "org.hsqldb.jdbc.pool.JDBCPooledDataSource";
                    case DERBY, DERBY_SERVER, SQLITE -> throw new IllegalArgumentException("none here");
                },
                db.user(),
                db.password());
    }

    private static Object configured(Db db, String className, String user, String password) throws Exception {
        Object source = Class.forName(className).getDeclaredConstructor().newInstance();
        set(source, db.url(), "setURL", "setUrl");
        set(source, user, "setUser");
        set(source, password, "setPassword");
        return source;
    }

    /** Calls the first of these setters that there is; SQLite has none for a user. */
    public static void set(Object source, String value, String... setters) throws Exception {
        for (String setter : setters) {
            for (Method method : source.getClass().getMethods()) {
                if (method.getName().equals(setter)
                        && method.getParameterCount() == 1
                        && method.getParameterTypes()[0] == String.class) {
                    try {
                        method.invoke(source, value);
                    } catch (InvocationTargetException refused) {
                        throw (Exception) refused.getCause();
                    }
                    return;
                }
            }
        }
    }
}

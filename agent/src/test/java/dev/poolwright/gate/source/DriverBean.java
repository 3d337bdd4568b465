package dev.poolwright.gate.source;

import static dev.poolwright.gate.source.DriverJars.make;
import static dev.poolwright.gate.source.DriverJars.set;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A driver, and how its data source comes to a URL, a user and a password. */
@SuppressWarnings("ImmutableEnumChecker")
enum DriverBean {
    H2("org.h2.jdbcx.JdbcDataSource", "jdbc:h2:tcp://db/orders", "setURL", "jdbc:h2:tcp://db/orders"),
    MARIADB("org.mariadb.jdbc.MariaDbDataSource", "jdbc:mariadb://db/orders", "setUrl", "jdbc:mariadb://db/orders"),
    MARIADB_2(
            "org.mariadb.jdbc.MariaDbDataSource",
            "jdbc:mariadb://db:3307/orders",
            "setServerName",
            "db",
            "setPort",
            3307,
            "setDatabaseName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("mariadb-java-client-2.7");
        }

        @Override
        DataSource configured() throws Exception {
            DataSource source = super.configured();
            Method initialize = source.getClass().getDeclaredMethod("initialize"); // as at its first connection
            initialize.setAccessible(true);
            initialize.invoke(source);
            return source;
        }
    },
    HSQLDB("org.hsqldb.jdbc.JDBCDataSource", "jdbc:hsqldb:hsql://db/orders", "setUrl", "hsql://db/orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("hsqldb");
        }
    },
    DERBY(
            "org.apache.derby.jdbc.EmbeddedDataSource",
            "jdbc:derby:orders;upgrade=true",
            "setDatabaseName",
            "orders",
            "setConnectionAttributes",
            "upgrade=true") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("derby-10.16", "derbyshared", "derbyclient-10.16", "derbytools");
        }
    },
    DERBY_CLIENT(
            "org.apache.derby.jdbc.ClientDataSource",
            "jdbc:derby://db:1527/orders",
            "setServerName",
            "db",
            "setDatabaseName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("derby-10.16", "derbyshared", "derbyclient-10.16", "derbytools");
        }
    },
    DERBY_CLIENT_10_14(
            "org.apache.derby.jdbc.ClientDataSource",
            "jdbc:derby://db:1527/orders",
            "setServerName",
            "db",
            "setDatabaseName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("derbyclient-10.14");
        }
    },
    SQLITE("org.sqlite.SQLiteDataSource", "jdbc:sqlite:orders.db", "setUrl", "jdbc:sqlite:orders.db"),
    SQL_SERVER(
            "com.microsoft.sqlserver.jdbc.SQLServerDataSource",
            "jdbc:sqlserver://db:1434;databaseName=orders",
            "setServerName",
            "db",
            "setPortNumber",
            1434,
            "setDatabaseName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("mssql-jdbc");
        }

        @Override
        List<String> withoutEffect() {
            return List.of("msiTokenCacheTtl", "useFlexibleCallableStatements"); // deprecated, empty
        }
    },
    ORACLE(
            "oracle.jdbc.pool.OracleDataSource",
            "jdbc:oracle:thin:@db:1521:orders",
            "setURL",
            "jdbc:oracle:thin:@db:1521:orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("ojdbc11");
        }
    },
    ORACLE_19(
            "oracle.jdbc.pool.OracleDataSource",
            "jdbc:oracle:thin:@//db:1521/orders",
            "setDriverType",
            "thin",
            "setServerName",
            "db",
            "setPortNumber",
            1521,
            "setServiceName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("ojdbc8");
        }
    },
    DB2(
            "com.ibm.db2.jcc.DB2SimpleDataSource",
            "jdbc:db2://db:50000/orders",
            "setServerName",
            "db",
            "setPortNumber",
            50000,
            "setDatabaseName",
            "orders") {
        @Override
        ClassLoader loader() throws Exception {
            return DriverJars.loader("jcc");
        }

        @Override
        List<String> withoutEffect() {
            return List.of("currentAlternateGroupEntry", "firstConnectionFlown", "isPrimaryServerUp"); // its own notes
        }
    };

    // Characters, for a new string each time.
    private static final char[] CLERK = "clerk".toCharArray();
    private static final char[] PENCIL = "pencil".toCharArray();

    private static final Map<DriverBean, ClassLoader> LOADERS = new HashMap<>();

    private final String className;
    private final String url;
    private final Object[] settersAndValues;

    DriverBean(String className, String url, Object... settersAndValues) {
        this.className = className;
        this.url = url;
        this.settersAndValues = settersAndValues;
    }

    String url() {
        return url;
    }

    /** Properties that do nothing, or in which the driver notes what it found. */
    List<String> withoutEffect() {
        return List.of();
    }

    ClassLoader loader() throws Exception {
        return DriverBean.class.getClassLoader();
    }

    DataSource empty() throws Exception {
        ClassLoader loader = LOADERS.get(this);
        if (loader == null) {
            loader = loader();
            LOADERS.put(this, loader);
        }
        return make(loader, className);
    }

    DataSource configured() throws Exception {
        DataSource source = empty();
        for (int i = 0; i < settersAndValues.length; i += 2) {
            set(source, (String) settersAndValues[i], settersAndValues[i + 1]);
        }
        if (this != SQLITE) { // it has no users
            set(source, "setUser", new String(CLERK));
            set(source, "setPassword", new String(PENCIL));
        }
        return source;
    }
}

package com.acme.compat.connections;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;

/** Data sources: the drivers' own, and what applications build around them. */
@On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB, Kind.SQLITE})
public final class Sources {

    private static DataSource of(Db db) throws Exception {
        return (DataSource) DriverSources.plain(db);
    }

    public void one_per_request(Db db, Log log) throws Exception {
        String table = db.rowsOf(0);
        for (int i = 1; i <= 5; i++) {
            int id = i;
            log.step("request " + i, () -> {
                try (Connection connection = of(db).getConnection()) {
                    Db.execute(connection, "insert into " + table + " values (" + id + ", 'a')");
                    return connection.getAutoCommit() + " " + Db.rows(connection, "select count(*) from " + table);
                }
            });
        }
    }

    public void looked_at(Db db, Log log) throws Exception {
        DataSource source = of(db);
        log.note("class", source.getClass().getName());
        log.step("a wrapper for itself", () -> source.isWrapperFor(source.getClass()));
        log.step("a wrapper for another", () -> source.isWrapperFor(Runnable.class));
        log.step("itself", () -> source.unwrap(source.getClass()) == source);
        log.step("time to log in", source::getLoginTimeout);
        log.step("writer", source::getLogWriter);
        log.step("logger", source::getParentLogger);
        log.step("connection", () -> {
            try (Connection connection = source.getConnection()) {
                return Proxy.isProxyClass(connection.getClass()) + " " + connection.isWrapperFor(Connection.class);
            }
        });
        Map<DataSource, String> names = new HashMap<>();
        names.put(source, "first");
        log.note("as a key", names.get(source));
        log.note("another", names.get(of(db)));
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB})
    public void credentials_of_a_call(Db db, Log log) throws Exception {
        DataSource nobody = (DataSource) DriverSources.plain(db, "nobody", "nothing");
        for (String time : new String[] {"", " again"}) {
            log.step("the right ones" + time, () -> {
                try (Connection connection = nobody.getConnection(db.user(), db.password())) {
                    return Db.rows(connection, db.one("1"));
                }
            });
            log.act(
                    "wrong ones" + time,
                    () -> of(db).getConnection(db.user(), "wrong").close());
            log.act("its own" + time, () -> nobody.getConnection().close());
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB})
    public void set_up_anew_between_calls(Db db, Log log) throws Exception {
        DataSource source = of(db);
        log.act("right", () -> source.getConnection().close());
        DriverSources.set(source, "wrong", "setPassword");
        log.act("wrong password", () -> source.getConnection().close());
        DriverSources.set(source, db.password(), "setPassword");
        log.act("right again", () -> source.getConnection().close());
        DriverSources.set(source, "nobody", "setUser");
        log.act("unknown user", () -> source.getConnection().close());
    }

    public void uncommitted_work(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        try (Connection connection = of(db).getConnection()) {
            connection.setAutoCommit(false);
            Db.execute(connection, "update " + table + " set name = 'changed'");
        }
        try (Connection connection = of(db).getConnection()) {
            log.step("auto-commit", connection::getAutoCommit);
            log.step("rows", () -> Db.rows(connection, "select * from " + table));
        }
    }

    @On(Kind.POSTGRES)
    public void role_at_each_call(Db db, Log log) throws Exception {
        List<String> roles = new ArrayList<>();
        for (String tenant : List.of("north", "south")) {
            // Roles belong to the server, which other runs have as well.
            String role = tenant + "_" + Integer.toHexString(db.url().hashCode());
            db.run("create role " + role, "grant " + role + " to current_user");
            db.afterwards("drop role " + role);
            roles.add(role);
        }
        DataSource source = of(db);
        for (int i = 0; i < 4; i++) {
            String role = roles.get(i % 2);
            log.step("call " + i, () -> {
                DataSource around = new Around(() -> {
                    Connection connection = source.getConnection();
                    Db.execute(connection, "set role " + role);
                    return connection;
                });
                try (Connection connection = around.getConnection()) {
                    return Db.rows(connection, "select current_user <> session_user, current_user = '" + role + "'");
                }
            });
            log.step("without " + i, () -> {
                try (Connection connection = source.getConnection()) {
                    return Db.rows(connection, "select current_user = session_user");
                }
            });
        }
    }

    public void that_route(Db db, Log log) throws Exception {
        Map<String, DataSource> routes = Map.of("one", of(db), "another", of(db));
        ThreadLocal<String> tenant = new ThreadLocal<>();
        DataSource routing = new Around(() -> {
            DataSource target = routes.get(tenant.get());
            if (target == null) {
                throw new SQLException("no tenant " + tenant.get(), "45000", 7);
            }
            return target.getConnection();
        });
        for (String name : new String[] {"one", "another", "none", "one"}) {
            log.step(name, () -> {
                tenant.set(name);
                try (Connection connection = routing.getConnection()) {
                    return Db.rows(connection, db.one("1"));
                }
            });
        }
        Set<Connection> open = new HashSet<>();
        tenant.set("one");
        try (Connection first = routing.getConnection();
                Connection second = routing.getConnection()) {
            open.add(first);
            open.add(second);
            log.note("open at once", open.size());
        }
    }

    @On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB})
    public void for_pools(Db db, Log log) throws Exception {
        CommonDataSource source = (CommonDataSource) DriverSources.pooled(db);
        log.note("class", source.getClass().getName());
        javax.sql.PooledConnection pooled = ((javax.sql.ConnectionPoolDataSource) source).getPooledConnection();
        log.note("pooled", pooled.getClass().getName());
        Connection first = pooled.getConnection();
        log.step("rows", () -> Db.rows(first, db.one("1")));
        first.setAutoCommit(false);
        Connection second = pooled.getConnection();
        log.step("first closed", first::isClosed);
        log.step("auto-commit", second::getAutoCommit);
        second.close();
        log.act("closed", pooled::close);
        log.act("after that", () -> pooled.getConnection().close());
    }

    /** Asks for a connection. */
    private interface Opening {
        Connection open() throws SQLException;
    }

    /** A data source of the application's own. */
    private static final class Around implements DataSource {

        private final Opening opening;

        Around(Opening opening) {
            this.opening = opening;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return opening.open();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLException("as configured");
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter writer) {
            // It says nothing.
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // As long as it takes.
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("there is nothing inside");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}

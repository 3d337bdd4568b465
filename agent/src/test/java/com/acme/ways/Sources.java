package com.acme.ways;

import com.acme.OddSources;
import com.acme.legacy.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Data sources that do something at each call. */
final class Sources {

    private Sources() {}

    /** Hands on to the one that belongs to the thread's tenant. */
    static final class Routing extends OddSources.Source {

        static final ThreadLocal<String> TENANT = new ThreadLocal<>();

        private final Map<String, DataSource> byTenant;

        Routing(Map<String, DataSource> byTenant) {
            this.byTenant = byTenant;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return byTenant.get(TENANT.get()).getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return byTenant.get(TENANT.get()).getConnection(user, password);
        }
    }

    /** Acts as the thread's tenant from the first statement on; around another one. */
    static final class RoleAround extends OddSources.Source {

        private final DataSource inner;

        RoleAround(DataSource inner) {
            this.inner = inner;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return inRole(inner.getConnection());
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return inRole(inner.getConnection(user, password));
        }
    }

    /** As {@link RoleAround}, derived from the driver's. */
    static final class RoleSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        @Override
        public Connection getConnection() throws SQLException {
            return inRole(super.getConnection());
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return inRole(super.getConnection(user, password));
        }
    }

    private static Connection inRole(Connection connection) throws SQLException {
        Database.execute(connection, "set role " + Routing.TENANT.get());
        return connection;
    }
}

package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** The ways to a connection. */
final class Entries {

    private final Script script = new Script("entries");
    private final int port;
    private final String name;
    private final String url;

    private Entries(int port, String name) {
        this.port = port;
        this.name = name;
        this.url = "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    static void play(int port, String name) throws Exception {
        Entries entries = new Entries(port, name);
        entries.driverManager();
        entries.properties();
        entries.dataSource();
        entries.pooledConnection();
        entries.xa();
        entries.ownPool();
    }

    /** Opens a connection. */
    private interface Opener {
        Connection open() throws Exception;
    }

    private void visit(String way, Opener opener) {
        script.twice(way, () -> {
            try (Connection connection = opener.open()) {
                return Database.value(
                        connection,
                        "select current_user || ' as ' || current_setting('application_name') || ' in ' "
                                + "|| current_setting('search_path')");
            }
        });
    }

    private void driverManager() {
        visit("URL, user and password", () -> DriverManager.getConnection(url, "clerk", "pencil"));
        visit("another user", () -> DriverManager.getConnection(url, "auditor", "pen"));
        visit("URL alone", () -> DriverManager.getConnection(url + "?user=clerk&password=pencil"));
        visit(
                "a schema in the URL",
                () -> DriverManager.getConnection(
                        url + "?currentSchema=ledger&ApplicationName=till", "clerk", "pencil"));
        visit("no schema", () -> DriverManager.getConnection(url, "clerk", "pencil"));
    }

    private void properties() {
        Properties plain = new Properties();
        plain.setProperty("user", "clerk");
        plain.setProperty("password", "pencil");
        visit("properties", () -> DriverManager.getConnection(url, plain));
        Properties derived = new Properties(plain);
        visit("properties by default", () -> DriverManager.getConnection(url, derived));
        derived.setProperty("user", "auditor");
        derived.setProperty("password", "pen");
        derived.setProperty("currentSchema", "ledger");
        visit("properties over defaults", () -> DriverManager.getConnection(url, derived));
        visit("the same object with other contents", () -> {
            derived.remove("currentSchema");
            derived.setProperty("ApplicationName", "till");
            return DriverManager.getConnection(url, derived);
        });
        Properties odd = new Properties();
        odd.putAll(plain);
        odd.put("number", 7);
        visit("properties that are no strings", () -> DriverManager.getConnection(url, odd));
        visit("system properties", () -> {
            System.setProperty("user", "clerk");
            System.setProperty("password", "pencil");
            return DriverManager.getConnection(url, System.getProperties());
        });
    }

    private void dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(name);
        source.setUser("clerk");
        source.setPassword("pencil");
        visit("data source", source::getConnection);
        visit("data source with credentials", () -> source.getConnection("auditor", "pen"));
        visit("data source without them again", source::getConnection);
        visit("data source after a change of user", () -> {
            source.setUser("auditor");
            source.setPassword("pen");
            return source.getConnection();
        });
        visit("data source after a change of schema", () -> {
            source.setCurrentSchema("ledger");
            return source.getConnection();
        });
        visit("data source after a wrong password", () -> {
            source.setPassword("wrong");
            return source.getConnection();
        });
        visit("data source with the right one again", () -> {
            source.setPassword("pen");
            return source.getConnection();
        });
        visit("data source by URL", () -> {
            PGSimpleDataSource byUrl = new PGSimpleDataSource();
            byUrl.setURL(url + "?ApplicationName=desk");
            return byUrl.getConnection("clerk", "pencil");
        });
    }

    private void pooledConnection() {
        script.step("pooled connection", () -> {
            PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
            source.setURL(url);
            source.setUser("clerk");
            source.setPassword("pencil");
            PooledConnection pooled = source.getPooledConnection();
            StringBuilder events = new StringBuilder();
            pooled.addConnectionEventListener(new ConnectionEventListener() {
                @Override
                public void connectionClosed(ConnectionEvent event) {
                    events.append("closed ");
                }

                @Override
                public void connectionErrorOccurred(ConnectionEvent event) {
                    events.append("failed ");
                }
            });
            Object first = cycle(pooled);
            Object second = cycle(pooled);
            pooled.close();
            return events.toString() + first.equals(second) + " "
                    + pooled.getClass().getName();
        });
    }

    private static Object cycle(PooledConnection pooled) throws Exception {
        try (Connection connection = pooled.getConnection()) {
            return Database.value(connection, "select pg_backend_pid()");
        }
    }

    private void xa() {
        script.step("one-phase and two-phase commit", () -> {
            PGXADataSource source = new PGXADataSource();
            source.setURL(url);
            source.setUser("clerk");
            source.setPassword("pencil");
            XAConnection xa = source.getXAConnection();
            try (Connection connection = xa.getConnection()) {
                XAResource resource = xa.getXAResource();
                Database.execute(connection, "create table booking (id int)");
                commit(resource, new Branch(1), connection, true);
                commit(resource, new Branch(2), connection, false);
                return Database.column(connection, "select id from booking order by id") + " "
                        + xa.getClass().getName();
            } finally {
                xa.close();
            }
        });
    }

    private static void commit(XAResource resource, Branch branch, Connection connection, boolean onePhase)
            throws Exception {
        resource.start(branch, XAResource.TMNOFLAGS);
        Database.execute(connection, "insert into booking values (" + branch.number + ")");
        resource.end(branch, XAResource.TMSUCCESS);
        if (!onePhase) {
            resource.prepare(branch);
        }
        resource.commit(branch, onePhase);
    }

    /** A branch of a global transaction; databases of one server must not share it. */
    private static final class Branch implements Xid {

        private final byte number;
        private final byte[] transaction =
                Long.toHexString(ProcessHandle.current().pid()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        Branch(int number) {
            this.number = (byte) number;
        }

        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return transaction.clone();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {number};
        }
    }

    @SuppressWarnings("deprecation")
    private void ownPool() {
        script.step("the driver's own pool", () -> {
            org.postgresql.ds.PGPoolingDataSource pool = new org.postgresql.ds.PGPoolingDataSource();
            pool.setDataSourceName("desk");
            pool.setURL(url);
            pool.setUser("clerk");
            pool.setPassword("pencil");
            pool.setMaxConnections(2);
            DataSource asAny = pool;
            Object first = session(asAny);
            Object second = session(asAny);
            try (Connection connection = asAny.getConnection()) {
                return first.equals(second) + " " + java.lang.reflect.Proxy.isProxyClass(connection.getClass());
            } finally {
                pool.close();
            }
        });
    }

    private static Object session(DataSource source) throws Exception {
        try (Connection connection = source.getConnection()) {
            return Database.value(connection, "select pg_backend_pid()");
        }
    }
}

package com.acme.legacy.h2;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/** What a transaction manager or an application server does with the driver. */
final class XaAndPools {

    private static final String URL = "jdbc:h2:mem:xa;DB_CLOSE_DELAY=-1";

    private final Script script = new Script("XA and pools");
    private final JdbcDataSource source = new JdbcDataSource();

    private XaAndPools() {
        source.setURL(URL);
        source.setUser("sa");
        source.setPassword("");
    }

    static void play() throws Exception {
        Database.h2(URL).run("create table booking (id int primary key)");
        XaAndPools play = new XaAndPools();
        play.xa();
        play.pooledConnection();
        play.ownPool();
    }

    private void xa() {
        script.step("two-phase commit", () -> {
            XAConnection xa = source.getXAConnection();
            try (Connection connection = xa.getConnection()) {
                XAResource resource = xa.getXAResource();
                Branch branch = new Branch(1);
                resource.start(branch, XAResource.TMNOFLAGS);
                Database.execute(connection, "insert into booking values (1)");
                resource.end(branch, XAResource.TMSUCCESS);
                int vote = resource.prepare(branch);
                resource.commit(branch, false);
                return vote + " " + connection.getClass().getName() + " "
                        + xa.getClass().getName();
            } finally {
                xa.close();
            }
        });
        script.step("two-phase rollback", () -> {
            XAConnection xa = source.getXAConnection();
            try (Connection connection = xa.getConnection()) {
                XAResource resource = xa.getXAResource();
                Branch branch = new Branch(2);
                resource.start(branch, XAResource.TMNOFLAGS);
                Database.execute(connection, "insert into booking values (2)");
                resource.end(branch, XAResource.TMSUCCESS);
                resource.prepare(branch);
                resource.rollback(branch);
                return connection.getAutoCommit();
            } finally {
                xa.close();
            }
        });
        script.step("a branch nobody started", () -> {
            XAConnection xa = source.getXAConnection("sa", "");
            try {
                xa.getXAResource().commit(new Branch(3), false);
                return "committed";
            } catch (XAException refused) {
                return "XA error " + refused.errorCode;
            } finally {
                xa.close();
            }
        });
        script.step("what was booked", () -> Database.h2(URL).query("select id from booking"));
    }

    private void pooledConnection() {
        script.step("pooled connection", () -> {
            PooledConnection pooled = source.getPooledConnection();
            List<String> events = new ArrayList<>();
            pooled.addConnectionEventListener(new ConnectionEventListener() {
                @Override
                public void connectionClosed(ConnectionEvent event) {
                    events.add("closed");
                }

                @Override
                public void connectionErrorOccurred(ConnectionEvent event) {
                    events.add("failed");
                }
            });
            Object first = cycle(pooled);
            Object second = cycle(pooled);
            pooled.close();
            return events + " " + first.equals(second) + " " + pooled.getClass().getName();
        });
        script.step("pooled connection, closed", () -> {
            PooledConnection pooled = source.getPooledConnection("sa", "");
            pooled.close();
            return pooled.getConnection();
        });
    }

    private static Object cycle(PooledConnection pooled) throws Exception {
        try (Connection connection = pooled.getConnection()) {
            return Database.value(connection, "select session_id()")
                    + connection.getClass().getName();
        }
    }

    private void ownPool() {
        script.step("the driver's own pool", () -> {
            JdbcConnectionPool pool = JdbcConnectionPool.create(URL, "sa", "");
            try {
                List<Object> seen = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    try (Connection connection = pool.getConnection()) {
                        seen.add(connection.getClass().getName() + " " + pool.getActiveConnections());
                        Database.execute(connection, "insert into booking values (" + (10 + i) + ")");
                    }
                }
                return seen + " " + pool.getActiveConnections();
            } finally {
                pool.dispose();
            }
        });
        script.step("what was booked then", () -> Database.h2(URL).query("select id from booking"));
    }

    /** A branch of a global transaction. */
    private static final class Branch implements Xid {

        private final byte number;

        Branch(int number) {
            this.number = (byte) number;
        }

        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {number};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}

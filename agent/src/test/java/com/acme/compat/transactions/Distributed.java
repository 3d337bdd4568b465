package com.acme.compat.transactions;

import com.acme.compat.Db;
import com.acme.compat.Kind;
import com.acme.compat.Log;
import com.acme.compat.On;
import com.acme.compat.connections.DriverSources;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** Transactions of a manager over several resources. */
@On({Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB, Kind.HSQLDB})
public final class Distributed {

    private static XAConnection open(Db db) throws Exception {
        return ((XADataSource) DriverSources.xa(db)).getXAConnection();
    }

    private static void insert(Connection connection, String table, int id) throws SQLException {
        Db.execute(connection, "insert into " + table + " values (" + id + ", 'branch')");
    }

    /** Of the manager's exceptions, what every driver says; some have the branch in their words. */
    private static void act(Log log, String name, Log.Act act) {
        log.step(name, () -> {
            try {
                act.run();
                return "done";
            } catch (XAException refused) {
                return refused.getClass().getName() + " " + refused.errorCode;
            }
        });
    }

    public void in_one_phase(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        XAConnection xa = open(db);
        log.note("class", xa.getClass().getName());
        XAResource resource = xa.getXAResource();
        Connection connection = xa.getConnection();
        Branch branch = new Branch();
        act(log, "start", () -> resource.start(branch, XAResource.TMNOFLAGS));
        log.act("insert", () -> insert(connection, table, 2));
        log.act("commit on one's own", connection::commit);
        act(log, "end", () -> resource.end(branch, XAResource.TMSUCCESS));
        act(log, "commit", () -> resource.commit(branch, true));
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
        log.act("close", connection::close);
        log.act("close all", xa::close);
        log.step("closed", connection::isClosed);
    }

    public void in_two_phases(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        XAConnection xa = open(db);
        XAResource resource = xa.getXAResource();
        Connection connection = xa.getConnection();
        for (int i = 2; i <= 3; i++) {
            Branch branch = new Branch();
            int id = i;
            act(log, "start " + i, () -> resource.start(branch, XAResource.TMNOFLAGS));
            log.act("insert " + i, () -> insert(connection, table, id));
            act(log, "end " + i, () -> resource.end(branch, XAResource.TMSUCCESS));
            act(log, "prepare " + i, () -> log.note("vote " + id, resource.prepare(branch)));
            if (i == 2) {
                act(log, "commit", () -> resource.commit(branch, false));
            } else {
                act(log, "roll back", () -> resource.rollback(branch));
            }
        }
        xa.close();
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void rolled_back(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        XAConnection xa = open(db);
        XAResource resource = xa.getXAResource();
        Branch branch = new Branch();
        try (Connection connection = xa.getConnection()) {
            resource.start(branch, XAResource.TMNOFLAGS);
            insert(connection, table, 2);
            resource.end(branch, XAResource.TMFAIL);
        }
        act(log, "roll back", () -> resource.rollback(branch));
        act(log, "commit what is gone", () -> resource.commit(branch, true));
        xa.close();
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void beside_the_applications_own(Db db, Log log) throws Exception {
        String table = db.rowsOf(1);
        XAConnection xa = open(db);
        XAResource resource = xa.getXAResource();
        Branch branch = new Branch();
        resource.start(branch, XAResource.TMNOFLAGS);
        insert(xa.getConnection(), table, 2);
        for (int i = 0; i < 2; i++) {
            try (Connection own = db.connect()) {
                log.step("auto-commit " + i, own::getAutoCommit);
                log.step("one " + i, () -> Db.rows(own, db.one("1")));
            }
        }
        resource.end(branch, XAResource.TMSUCCESS);
        act(log, "commit", () -> resource.commit(branch, true));
        xa.close();
        log.step("rows", () -> db.rows("select * from " + table + " order by id"));
    }

    public void handles_of_one_session(Db db, Log log) throws Exception {
        XAConnection xa = open(db);
        Connection first = xa.getConnection();
        log.step("first", () -> Db.rows(first, db.one("1")));
        Connection second = xa.getConnection();
        log.step("first closed by the second", first::isClosed);
        log.step("second", () -> Db.rows(second, db.one("2")));
        second.close();
        log.step("same resource", () -> xa.getXAResource().isSameRM(xa.getXAResource()));
        log.act("close", xa::close);
        log.act("after close", () -> xa.getConnection().close());
    }

    /** A branch that no other run has. */
    private static final class Branch implements Xid {

        private final byte[] id = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);

        @Override
        public int getFormatId() {
            return 7;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return id;
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}

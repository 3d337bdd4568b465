package com.acme.pools;

import java.sql.Connection;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** A pool of two connections that is in use: where its connections come from, what is inside one, and how it ends. */
record OpenPool(Object source, Callable<Connection> connections, Within within, AutoCloseable end) {

    /** What the pool holds behind a connection it handed out. */
    interface Within {
        Object of(Connection connection) throws Exception;
    }

    /** How an application sets one up. */
    interface Setup {
        OpenPool open(Server server, String name) throws Exception;
    }

    static OpenPool of(DataSource source, AutoCloseable end) {
        return of(source, connection -> connection.unwrap(PGConnection.class), end);
    }

    static OpenPool of(DataSource source, Within within, AutoCloseable end) {
        return new OpenPool(source, source::getConnection, within, end);
    }

    Connection take() throws Exception {
        return connections.call();
    }
}

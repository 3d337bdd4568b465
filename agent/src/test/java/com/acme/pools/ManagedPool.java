package com.acme.pools;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import jakarta.resource.spi.ConnectionEventListener;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.sql.Connection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An application server's pool: it keeps what a resource adapter opened. */
final class ManagedPool implements AutoCloseable, ConnectionEventListener {

    private final BlockingQueue<ManagedConnection> idle = new LinkedBlockingQueue<>();
    private final int size;

    ManagedPool(ManagedConnectionFactory factory, int size) throws ResourceException {
        this.size = size;
        for (int i = 0; i < size; i++) {
            ManagedConnection managed = factory.createManagedConnection(null, null);
            managed.addConnectionEventListener(this);
            idle.add(managed);
        }
    }

    Connection take() throws Exception {
        return (Connection) idle.take().getConnection(null, null);
    }

    @Override
    public void connectionClosed(ConnectionEvent event) {
        ManagedConnection managed = (ManagedConnection) event.getSource();
        try {
            managed.cleanup();
        } catch (ResourceException broken) {
            throw new IllegalStateException(broken);
        }
        idle.add(managed);
    }

    @Override
    public void localTransactionStarted(ConnectionEvent event) {
        // The application's own business.
    }

    @Override
    public void localTransactionCommitted(ConnectionEvent event) {
        // The application's own business.
    }

    @Override
    public void localTransactionRolledback(ConnectionEvent event) {
        // The application's own business.
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        throw new IllegalStateException(event.getException());
    }

    @Override
    public void close() throws ResourceException {
        for (int i = 0; i < size; i++) {
            idle.remove().destroy();
        }
    }
}

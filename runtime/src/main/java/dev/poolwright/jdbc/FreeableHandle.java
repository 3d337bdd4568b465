package dev.poolwright.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLXML;

/** Stands for an {@code Array}, {@code Blob}, {@code Clob} or {@code SQLXML}: a value that can be freed. */
public abstract class FreeableHandle extends ValueHandle {

    protected FreeableHandle(ConnectionHandle connection) {
        super(connection);
    }

    /**
     * Frees the driver's object. After the connection was closed there is nothing left to free, and drivers say nothing
     * to it: legacy code does so in a {@code finally}.
     */
    public final void free() throws SQLException {
        if (isRefused() && !answersAfterClose("free")) {
            return;
        }
        int call = beginWork("free");
        try {
            freeRaw(poolwrightRaw());
        } catch (SQLException failure) {
            connection.failed(failure);
            throw failure;
        } finally {
            connection.endCall(call);
        }
    }

    private static void freeRaw(Object raw) throws SQLException {
        if (raw instanceof Array) {
            ((Array) raw).free();
        } else if (raw instanceof Blob) {
            ((Blob) raw).free();
        } else if (raw instanceof Clob) {
            ((Clob) raw).free();
        } else if (raw instanceof SQLXML) {
            ((SQLXML) raw).free();
        }
    }
}

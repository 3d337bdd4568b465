package dev.poolwright.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Stands for a {@code DatabaseMetaData}. */
public abstract class MetaDataHandle extends ChildHandle implements DatabaseMetaData {

    protected MetaDataHandle(ConnectionHandle connection) {
        super(connection);
    }

    @Override
    public final Connection getConnection() throws SQLException {
        if (connection.isClosedHandle()) {
            ((DatabaseMetaData) poolwrightDriver(CallGuard.AFTER_CLOSE, poolwrightRaw())).getConnection();
        }
        return connection; // as most drivers do after the close, too
    }

    /** What a description says by heart it says after the close as well: one of a connection that is closed does. */
    @Override
    int beginRefusedCall() throws SQLException {
        return closed() == null ? connection.beginRefusedCall() : CallGuard.AFTER_CLOSE;
    }

    /** The driver's object to ask in {@code call}: {@code raw}, or one of a closed connection; for the generated class. */
    public final Object poolwrightDriver(int call, Object raw) {
        DatabaseMetaData closed = call == CallGuard.AFTER_CLOSE ? closed() : null;
        return closed == null || connection.isGone() ? raw : closed;
    }

    private @Nullable DatabaseMetaData closed() {
        ClosedConnection known = connection.lending().closedConnection();
        DatabaseMetaData closed = known == null ? null : known.metaData();
        return closed != null && closed.getClass() == poolwrightRaw().getClass() ? closed : null;
    }

    @Override
    final void closeRaw() {}

    @Override
    public final <T> T unwrap(Class<T> type) throws SQLException {
        return unwrapTo(type);
    }

    @Override
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        return wraps(type);
    }
}

package dev.poolwright.engine.source;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens physical connections for an engine; any thread may call it. */
public interface Connector {

    /**
     * Opens one.
     *
     * @throws SQLException the driver's own, which the application sees unchanged
     */
    Connection connect() throws SQLException;
}

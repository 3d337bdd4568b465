package dev.poolwright.engine;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens physical connections for an engine; any thread may call it. */
interface Connector {

    /**
     * Opens one.
     *
     * @throws SQLException the driver's own, which the application sees unchanged
     */
    Connection connect() throws SQLException;
}

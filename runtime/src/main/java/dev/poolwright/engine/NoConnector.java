package dev.poolwright.engine;

import dev.poolwright.engine.source.Connector;
import java.sql.Connection;

/** For engines of an agent: their connections are opened by the application's own code and adopted. */
final class NoConnector implements Connector {

    @Override
    public Connection connect() {
        throw new IllegalStateException("an engine of the agent does not open connections; they are adopted");
    }
}

package dev.poolwright.engine.source;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Asks {@code DriverManager}. An agent that sees the call knows this class and lets it through untouched. */
public final class DriverManagerConnector implements Connector {

    private final String url;
    private final Properties properties;

    /** With these properties, which are not changed any more. */
    public DriverManagerConnector(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection connect() throws SQLException {
        Properties copy = new Properties(); // some drivers write into what they are given
        copy.putAll(properties);
        return DriverManager.getConnection(url, copy);
    }
}

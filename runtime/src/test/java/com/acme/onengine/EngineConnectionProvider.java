package com.acme.onengine;

import dev.poolwright.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.spi.Configurable;
import org.hibernate.service.spi.Stoppable;

// docs: hibernate-provider
/** {@code hibernate.connection.provider_class} for who configures by properties alone. */
public final class EngineConnectionProvider implements ConnectionProvider, Configurable, Stoppable {

    private Engine engine;

    @Override
    public void configure(Map<String, Object> settings) {
        engine = Engine.builder((String) settings.get("hibernate.connection.url"))
                .user((String) settings.get("hibernate.connection.username"))
                .password((String) settings.get("hibernate.connection.password"))
                .build();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return engine.getConnection();
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        connection.close();
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return true;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this) || type.isInstance(engine);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return type.cast(type.isInstance(this) ? this : engine);
    }

    @Override
    public void stop() {
        engine.close();
    }
}
// end

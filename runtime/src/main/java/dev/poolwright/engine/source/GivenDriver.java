package dev.poolwright.engine.source;

import dev.poolwright.dialect.DatabaseAddress;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.Dialects;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A driver that need not be registered, and its URL. */
public final class GivenDriver extends Source {

    private final Driver driver;
    private final String url;
    private final Dialect dialect;

    /**
     * That driver with that URL.
     *
     * @throws IllegalArgumentException if the driver says that the URL is not one of its own (PW-106)
     */
    public static Source of(Driver driver, String url) {
        GivenDriver given = new GivenDriver(driver, url);
        if (given.isRefused()) {
            throw new IllegalArgumentException(given.refusal());
        }
        return given;
    }

    private GivenDriver(Driver driver, String url) {
        this.driver = driver;
        this.url = url;
        this.dialect = Dialects.forUrl(url);
    }

    private boolean isRefused() {
        try {
            return !driver.acceptsURL(url);
        } catch (SQLException untold) {
            return false; // it will say so when it is asked for a connection
        }
    }

    private String refusal() {
        return driver.getClass().getName() + " does not accept " + address().url() + " [PW-106]";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public DatabaseAddress address() {
        return dialect.address(url);
    }

    @Override
    public @Nullable String user() {
        return null;
    }

    @Override
    public void requireSettable(String property) {}

    @Override
    public Connector connector(final Properties properties) {
        return new Connector() {
            @Override
            public Connection connect() throws SQLException {
                Properties copy = new Properties(); // some drivers write into what they are given
                copy.putAll(properties);
                Connection opened = driver.connect(url, copy);
                if (opened == null) {
                    throw new SQLNonTransientConnectionException(refusal(), "08001");
                }
                return opened;
            }
        };
    }

    @Override
    public Object identity() {
        return Arrays.<Object>asList(driver.getClass(), url);
    }
}

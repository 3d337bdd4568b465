package dev.poolwright.engine.source;

import dev.poolwright.dialect.DatabaseAddress;
import dev.poolwright.dialect.Dialect;
import dev.poolwright.dialect.Dialects;
import dev.poolwright.dialect.LearnedDialect;
import dev.poolwright.leak.Libraries;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Properties;
import javax.sql.CommonDataSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that opens a connection each time: a driver's own, or an application's.
 *
 * <p>The dialect is that of the URL where the data source has a getter for it, else that of the URL its first connection
 * names; until then the careful one for a database nothing is known of.
 */
public final class GivenDataSource extends Source {

    private static final String[] URL_GETTERS = {"getUrl", "getURL", "getJdbcUrl"};
    private static final String[] USER_GETTERS = {"getUser", "getUsername", "getUserName"};
    private static final String ENGINE = "dev.poolwright.engine.Engine"; // and its views

    private final DataSource source;
    private final @Nullable String url;
    private final @Nullable String user;
    private final Dialect dialect;
    private final @Nullable LearnedDialect learning;

    private GivenDataSource(DataSource source) {
        this.source = source;
        this.url = url(source);
        this.user = ask(source, USER_GETTERS);
        this.learning = url == null ? new LearnedDialect() : null;
        this.dialect = learning != null ? learning : Dialects.forUrl(url == null ? "" : url);
    }

    /**
     * The source that {@code offered} is.
     *
     * @throws IllegalArgumentException if its connections are no {@link DataSource}'s, or a pool's (PW-106)
     */
    public static Source of(CommonDataSource offered) {
        String name = offered.getClass().getName();
        if (!(offered instanceof DataSource)) {
            throw new IllegalArgumentException(name
                    + " has XA or pooled connections, for a transaction manager or another pool: give it to those, or give the"
                    + " engine the driver's plain DataSource [PW-106]");
        }
        for (Class<?> type = offered.getClass(); type != null; type = type.getSuperclass()) {
            if (Libraries.isPool(type.getName()) || type.getName().startsWith(ENGINE)) {
                throw new IllegalArgumentException(name
                        + " pools its connections already: use it as it is, or give the engine what it gets its connections"
                        + " from [PW-106]");
            }
        }
        return new GivenDataSource((DataSource) offered);
    }

    private static @Nullable String url(DataSource source) {
        String told = ask(source, URL_GETTERS);
        return told != null && told.startsWith("jdbc:") ? told : null;
    }

    private static @Nullable String ask(DataSource source, String[] getters) {
        for (String getter : getters) {
            try {
                Object told = source.getClass().getMethod(getter).invoke(source);
                if (told instanceof String && !((String) told).isEmpty()) {
                    return (String) told;
                }
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException | LinkageError untold) {
                // Then the first connection says it.
            }
        }
        return null;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public DatabaseAddress address() {
        return url == null ? new DatabaseAddress(source.getClass().getName(), null, -1, null) : dialect.address(url);
    }

    @Override
    public boolean isAddressKnown() {
        return url != null;
    }

    @Override
    public @Nullable String user() {
        return user;
    }

    @Override
    public void requireSettable(String property) {
        if (!property.equals("user") && !property.equals("password")) {
            throw new IllegalArgumentException(
                    "property " + property + " is to be set on the data source, not on the engine [PW-106]");
        }
    }

    @Override
    public Connector connector(final Properties properties) {
        final String user = properties.getProperty("user");
        final String password = properties.getProperty("password");
        return new Connector() {
            @Override
            public Connection connect() throws SQLException {
                Connection opened = user == null && password == null
                        ? source.getConnection()
                        : source.getConnection(user, password);
                if (opened == null) {
                    throw new SQLNonTransientConnectionException(
                            source.getClass().getName() + " returned no connection [PW-106]", "08001");
                }
                if (learning != null) {
                    learning.learnFrom(opened);
                }
                return opened;
            }
        };
    }

    @Override
    public Object identity() {
        return source; // two of them may differ in what no getter shows
    }
}

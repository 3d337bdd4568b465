package dev.poolwright.engine.source;

import dev.poolwright.dialect.DatabaseAddress;
import dev.poolwright.dialect.Dialect;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of an engine come from, unless {@code DriverManager} is asked with a URL.
 *
 * <p>Immutable. Safe for any thread, as far as the driver or data source is.
 */
public abstract class Source {

    /** What is known of the database. */
    public abstract Dialect dialect();

    /** Where it is, as far as that can be told without a connection. */
    public abstract DatabaseAddress address();

    /** Whether {@link #address} is that of a server, which others may be of as well. */
    public boolean isAddressKnown() {
        return true;
    }

    /** The user that is configured here, or null. */
    public abstract @Nullable String user();

    /**
     * Refuses what cannot be set here.
     *
     * @throws IllegalArgumentException if {@code property} is to be set elsewhere (PW-106)
     */
    public abstract void requireSettable(String property);

    /** Opens connections with these properties, which are not changed any more. */
    public abstract Connector connector(Properties properties);

    /** What tells this from another source, for a comparison: never shown. */
    public abstract Object identity();
}

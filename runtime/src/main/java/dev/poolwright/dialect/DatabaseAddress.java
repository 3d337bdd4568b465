package dev.poolwright.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Where a URL points, without anything secret.
 *
 * <p>Immutable.
 */
public final class DatabaseAddress {

    private final String url;
    private final @Nullable String host;
    private final int port;
    private final @Nullable String database;

    /**
     * @param url      the URL without user, password and parameters
     * @param host     the server, or null for an embedded database; several that stand in for each other with commas
     *     between, and with their ports where these differ
     * @param port     the port, or -1 if it is not known, or several
     * @param database the database, or null if the URL names none
     */
    public DatabaseAddress(String url, @Nullable String host, int port, @Nullable String database) {
        this.url = url;
        this.host = host;
        this.port = port;
        this.database = database;
    }

    /** The URL without user, password and parameters. */
    public String url() {
        return url;
    }

    /** The server, or null for an embedded database; several that stand in for each other with commas between. */
    public @Nullable String host() {
        return host;
    }

    /** The port, or -1 if it is not known, or several. */
    public int port() {
        return port;
    }

    /** The database, or null if the URL names none. */
    public @Nullable String database() {
        return database;
    }

    /** {@code host:port}, or the whole URL of an embedded database: what limits per server count by. */
    public String server() {
        return host == null ? url : port < 0 ? host : host + ":" + port;
    }
}

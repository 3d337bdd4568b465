package dev.poolwright.event;

import org.jspecify.annotations.Nullable;

/**
 * Which engine something happened in: what a person or a dashboard needs to recognise it, and nothing secret.
 *
 * <p>Immutable; one instance per engine, so listeners may use it as an identity key.
 */
public final class EngineInfo {

    private final String name;
    private final String url;
    private final @Nullable String user;
    private final String system;
    private final @Nullable String namespace;
    private final @Nullable String host;
    private final int port;

    /**
     * @param name      unique among the engines of this JVM, readable: {@code localhost:5432/orders@app}
     * @param url       the JDBC URL without password, user and parameters
     * @param user      the database user, or null if the driver chose one
     * @param system    OpenTelemetry's {@code db.system.name}: {@code postgresql}, {@code h2database}, {@code other_sql}
     * @param namespace OpenTelemetry's {@code db.namespace} as known at connect time, or null
     * @param host      the server's address, or null for an embedded database
     * @param port      the server's port, or -1 if it is the driver's default or there is none
     */
    public EngineInfo(
            String name,
            String url,
            @Nullable String user,
            String system,
            @Nullable String namespace,
            @Nullable String host,
            int port) {
        this.name = name;
        this.url = url;
        this.user = user;
        this.system = system;
        this.namespace = namespace;
        this.host = host;
        this.port = port;
    }

    /** Unique and readable name of the engine, the pool name of its metrics. */
    public String name() {
        return name;
    }

    /** The JDBC URL without password, user and parameters. */
    public String url() {
        return url;
    }

    /** The database user, or null if the driver chose one. */
    public @Nullable String user() {
        return user;
    }

    /** OpenTelemetry's {@code db.system.name}. */
    public String system() {
        return system;
    }

    /** OpenTelemetry's {@code db.namespace}, or null if unknown. */
    public @Nullable String namespace() {
        return namespace;
    }

    /** The server's address, or null for an embedded database. */
    public @Nullable String host() {
        return host;
    }

    /** The server's port, or -1 for the driver's default or an embedded database. */
    public int port() {
        return port;
    }

    @Override
    public String toString() {
        return name + " (" + url + (user == null ? "" : ", user " + user) + ")";
    }
}

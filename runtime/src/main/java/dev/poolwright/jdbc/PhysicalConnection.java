package dev.poolwright.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A driver's connection and what is known of it for as long as it is open: what it looked like when it was new.
 *
 * <p>Belongs to whoever holds its slot.
 */
public final class PhysicalConnection {

    private final Connection raw;
    private final ConnectionHandle prototype;
    private final boolean autoCommit;
    private final SessionDefaults defaults = new SessionDefaults();
    private volatile boolean broken;

    private PhysicalConnection(Connection raw, ConnectionHandle prototype, boolean autoCommit) {
        this.raw = raw;
        this.prototype = prototype;
        this.autoCommit = autoCommit;
    }

    /**
     * Takes a connection the driver has just made.
     *
     * @throws SQLException               the driver refused to tell its auto-commit mode
     * @throws UnsupportedDriverException no handle can be made for the driver's class; it can only be used as it is
     */
    public static PhysicalConnection of(Connection raw) throws SQLException, UnsupportedDriverException {
        return new PhysicalConnection(raw, HandleClasses.connection(raw.getClass()), raw.getAutoCommit());
    }

    /** The driver's own object. */
    public Connection raw() {
        return raw;
    }

    ConnectionHandle prototype() {
        return prototype;
    }

    /** The auto-commit mode it was made in. */
    boolean autoCommitWhenNew() {
        return autoCommit;
    }

    SessionDefaults defaults() {
        return defaults;
    }

    /** It must not be lent again. */
    void markBroken() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public String toString() {
        return raw.toString();
    }
}

package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PGobject;

/** What is set by this driver's own methods, and that the next borrower knows nothing of it. */
final class VendorState {

    /** Changes a connection by the driver's interface. */
    private interface Change {
        void on(PGConnection connection) throws SQLException;
    }

    /** Reads what was changed. */
    private interface Reading {
        Object of(PGConnection connection) throws SQLException;
    }

    private final Script script = new Script("vendor state");
    private final Database database;

    private VendorState(Database database) {
        this.database = database;
    }

    static void play(Database database) {
        VendorState state = new VendorState(database);
        state.property("prepare threshold", c -> c.setPrepareThreshold(1), PGConnection::getPrepareThreshold);
        state.property("fetch size", c -> c.setDefaultFetchSize(17), PGConnection::getDefaultFetchSize);
        state.property("autosave", c -> c.setAutosave(AutoSave.ALWAYS), PGConnection::getAutosave);
        state.property("adaptive fetch", c -> c.setAdaptiveFetch(true), PGConnection::getAdaptiveFetch);
        state.property(
                "a type of one's own",
                c -> c.addDataType("point", Spot.class),
                c -> Database.value((Connection) c, "select point(1, 2)")
                        .getClass()
                        .getName());
        state.warnings();
    }

    /** A type of the application. */
    public static final class Spot extends PGobject {}

    private void property(String name, Change change, Reading reading) {
        script.step(name, () -> {
            StringBuilder seen = new StringBuilder();
            try (Connection connection = database.openNoted()) {
                PGConnection own = (PGConnection) connection;
                seen.append(reading.of(own));
                change.on(own);
                seen.append(" -> ").append(reading.of(own));
            }
            try (Connection next = database.openNoted()) {
                return seen.append(" -> ").append(reading.of((PGConnection) next));
            }
        });
    }

    private void warnings() {
        script.step("warnings of a statement", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                statement.execute("do $$ begin raise warning 'careful'; end $$");
                SQLWarning warning = statement.getWarnings();
                return warning + " " + warning.getSQLState() + " " + connection.getWarnings();
            }
        });
        script.step("warnings of the next one", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                return connection.getWarnings() + " " + statement.getWarnings();
            }
        });
    }
}

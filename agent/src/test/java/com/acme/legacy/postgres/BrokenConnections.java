package com.acme.legacy.postgres;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;

/** Connections that die in use, and statements that are cancelled. */
final class BrokenConnections {

    private final Script script = new Script("broken connections");
    private final Database database;

    private BrokenConnections(Database database) {
        this.database = database;
    }

    static void play(Database database) {
        BrokenConnections play = new BrokenConnections(database);
        play.terminated();
        play.cancelled();
    }

    private void terminated() {
        script.step("terminated by somebody", () -> {
            try (Connection victim = database.openNoted();
                    Connection other = database.openNoted()) {
                victim.setAutoCommit(false);
                Database.execute(victim, "create table never (id int)");
                Object pid = database.session(victim);
                Object done = Database.value(other, "select pg_terminate_backend(" + pid + ", 5000)");
                String seen = done + " ";
                try {
                    return seen + Database.value(victim, "select 1");
                } catch (SQLException dead) {
                    // 57P01 or 08006: as far as the driver got to read.
                    seen += "dead";
                }
                try {
                    victim.commit();
                    seen += " committed";
                } catch (SQLException dead) {
                    seen += " " + dead.getSQLState();
                }
                return seen + " " + victim.isValid(1) + " " + victim.isClosed() + " "
                        + Database.value(other, "select 2");
            }
        });
        script.twice("the next ones", () -> {
            try (Connection one = database.openNoted();
                    Connection two = database.openNoted()) {
                return Database.value(one, "select 1") + " " + Database.value(two, "select to_regclass('never')");
            }
        });
    }

    private void cancelled() {
        script.step("cancelled by another thread", () -> {
            try (Connection connection = database.openNoted();
                    Connection observer = database.openNoted();
                    Statement statement = connection.createStatement()) {
                Object pid = database.session(connection);
                AtomicReference<Object> outcome = new AtomicReference<>();
                Thread worker = new Thread(() -> {
                    try {
                        outcome.set(statement.execute("select pg_sleep(60)"));
                    } catch (SQLException cancelled) {
                        outcome.set(cancelled.getSQLState() + " " + cancelled.getMessage());
                    }
                });
                worker.start();
                while (Database.column(
                                observer,
                                "select 1 from pg_stat_activity where wait_event = 'PgSleep' and pid = " + pid)
                        .isEmpty()) {
                    Thread.onSpinWait();
                }
                statement.cancel();
                worker.join();
                return outcome + " " + Database.value(connection, "select 3");
            }
        });
    }
}

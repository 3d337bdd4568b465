package com.acme.legacy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Ends of connections, and what can still be done with what has ended. */
public final class Closing {

    private final Script script = new Script("closing");
    private final Database database;

    private Closing(Database database) {
        this.database = database;
    }

    public static void play(Database database) throws Exception {
        new Closing(database).play();
    }

    private void play() throws Exception {
        database.run("create table item (id int primary key)", "insert into item values (1)");
        identity();
        ends();
        connectionAfterClose();
        childrenAfterClose();
        closedChildren();
        otherThreads();
        aborts();
        database.run("drop table item");
    }

    private void identity() {
        script.step("who is whose", () -> {
            try (Connection connection = database.openNoted();
                    PreparedStatement statement = connection.prepareStatement("select id from item");
                    ResultSet rows = statement.executeQuery()) {
                DatabaseMetaData metaData = connection.getMetaData();
                try (ResultSet tables = metaData.getTables(null, null, "item", null)) {
                    return (statement.getConnection() == connection) + " " + (rows.getStatement() == statement) + " "
                            + (metaData.getConnection() == connection) + " "
                            + (connection.unwrap(Connection.class) == connection) + " "
                            + connection.isWrapperFor(Connection.class) + " "
                            + connection.isWrapperFor(String.class) + " "
                            + (tables.getStatement() == null
                                    || tables.getStatement().getConnection() == connection);
                }
            }
        });
        script.step("unwrapped to what it is not", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.unwrap(String.class);
            }
        });
        script.step("as keys of maps", () -> {
            Map<Connection, String> names = new HashMap<>();
            IdentityHashMap<Connection, String> identities = new IdentityHashMap<>();
            Connection first = database.openNoted();
            Connection second = database.openNoted();
            names.put(first, "first");
            names.put(second, "second");
            identities.put(first, "first");
            first.close();
            second.close();
            Connection third = database.openNoted();
            String known = names.get(third) + " " + identities.get(third);
            names.put(third, "third");
            third.close();
            return known + " " + names.get(first) + " " + names.get(second) + " " + names.get(third) + " "
                    + first.equals(second) + " " + names.containsKey(first) + " " + names.size();
        });
    }

    private void ends() {
        script.step("closed twice", () -> {
            Connection connection = database.openNoted();
            boolean before = connection.isClosed();
            connection.close();
            connection.close();
            return before + " " + connection.isClosed();
        });
        script.step("closed twice, with somebody else's in between", () -> {
            Connection mine = database.openNoted();
            mine.close();
            try (Connection others = database.openNoted()) {
                mine.close();
                return others.isClosed() + " " + Database.value(others, "select id from item");
            }
        });
        script.step("valid", () -> {
            Connection connection = database.openNoted();
            boolean before = connection.isValid(1);
            connection.close();
            return before + " " + connection.isValid(1);
        });
        script.step("valid within less than nothing", () -> {
            try (Connection connection = database.openNoted()) {
                return connection.isValid(-1);
            }
        });
        script.step("closed in the wrong order", () -> {
            Connection connection = database.openNoted();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select id from item");
            connection.close();
            rows.close();
            statement.close();
            return rows.isClosed() + " " + statement.isClosed() + " " + connection.isClosed();
        });
        script.step("an abandoned statement", () -> {
            try (Connection connection = database.openNoted()) {
                for (int i = 0; i < 90; i++) { // fewer than would be told of
                    Statement forgotten = connection.createStatement();
                    forgotten.executeQuery("select id from item").next();
                }
                return Database.value(connection, "select count(*) from item");
            }
        });
    }

    private void connectionAfterClose() throws SQLException {
        Connection connection = database.openNoted();
        connection.close();
        try (Connection next = database.openNoted()) {
            next.setAutoCommit(false);
            Database.execute(next, "insert into item values (2)");
            script.refusal("statement after close", connection::createStatement);
            script.refusal("prepared statement after close", () -> connection.prepareStatement("select 1"));
            script.refusal("call after close", () -> connection.prepareCall("call 1"));
            script.refusal("commit after close", () -> {
                connection.commit();
                return "committed";
            });
            script.refusal("rollback after close", () -> {
                connection.rollback();
                return "rolled back";
            });
            script.refusal("auto-commit after close", connection::getAutoCommit);
            script.refusal("set auto-commit after close", () -> {
                connection.setAutoCommit(true);
                return "set";
            });
            script.refusal("isolation after close", () -> {
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                return "set";
            });
            script.refusal("savepoint after close", connection::setSavepoint);
            script.refusal("description after close", connection::getMetaData);
            script.refusal("warnings after close", connection::getWarnings);
            script.step("client info after close", () -> {
                try {
                    connection.setClientInfo("ApplicationName", "ghost");
                    return "set";
                } catch (SQLClientInfoException refused) {
                    return "refused";
                }
            });
            script.refusal("abort after close", () -> {
                connection.abort(Runnable::run);
                return "aborted";
            });
            script.step(
                    "the next one does not notice",
                    () -> next.isClosed() + " " + next.getAutoCommit() + " "
                            + Database.column(next, "select id from item order by id"));
            next.rollback();
        }
        script.step("and its work was its own", () -> database.query("select id from item order by id"));
    }

    private void childrenAfterClose() throws SQLException {
        Connection connection = database.openNoted();
        Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement("insert into item values (?)");
        PreparedStatement select = connection.prepareStatement("select id from item");
        connection.close();
        try (Connection next = database.openNoted()) {
            next.setAutoCommit(false);
            script.refusal("query after the connection's close", () -> statement.executeQuery("select id from item"));
            script.refusal("prepared query after the connection's close", select::executeQuery);
            script.refusal("insert after the connection's close", () -> {
                insert.setInt(1, 3);
                return insert.executeUpdate();
            });
            script.refusal("batch after the connection's close", () -> {
                statement.addBatch("insert into item values (4)");
                return statement.executeBatch();
            });
            next.commit();
        }
        script.step("none of it happened", () -> database.query("select id from item order by id"));
    }

    private void closedChildren() {
        script.step("a closed statement", () -> {
            try (Connection connection = database.openNoted()) {
                Statement statement = connection.createStatement();
                statement.close();
                return statement.executeQuery("select id from item");
            }
        });
        script.step("a closed prepared statement", () -> {
            try (Connection connection = database.openNoted()) {
                PreparedStatement statement = connection.prepareStatement("select id from item");
                statement.close();
                return statement.executeQuery();
            }
        });
        script.step("a closed result", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                ResultSet rows = statement.executeQuery("select id from item");
                rows.close();
                return rows.next();
            }
        });
        script.step("the result of a closed statement", () -> {
            try (Connection connection = database.openNoted()) {
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from item");
                statement.close();
                return rows.isClosed() + " " + rows.next();
            }
        });
        script.step("the first result after the second", () -> {
            try (Connection connection = database.openNoted();
                    Statement statement = connection.createStatement()) {
                ResultSet first = statement.executeQuery("select id from item");
                ResultSet second = statement.executeQuery("select id from item");
                return first.isClosed() + " " + second.next() + " " + second.getInt(1) + " "
                        + (statement.getResultSet() == null);
            }
        });
        script.step("closed on completion", () -> {
            try (Connection connection = database.openNoted()) {
                Statement statement = connection.createStatement();
                statement.closeOnCompletion();
                ResultSet rows = statement.executeQuery("select id from item");
                rows.close();
                return statement.isClosed();
            }
        });
    }

    private void otherThreads() throws Exception {
        Connection connection = database.openNoted();
        AtomicReference<String> seen = new AtomicReference<>();
        Thread closer = new Thread(() -> {
            try {
                connection.close();
                seen.set("closed " + connection.isClosed());
            } catch (SQLException failure) {
                seen.set(failure.toString());
            }
        });
        closer.start();
        closer.join();
        script.step("closed by another thread", () -> seen.get() + " " + connection.isClosed());
        script.refusal("used by its own thread then", connection::createStatement);
        script.step("used by another thread", () -> {
            try (Connection shared = database.openNoted()) {
                AtomicReference<Object> other = new AtomicReference<>();
                Thread user = new Thread(() -> {
                    try {
                        other.set(Database.value(shared, "select id from item"));
                    } catch (SQLException failure) {
                        other.set(failure);
                    }
                });
                user.start();
                user.join();
                return other + " " + Database.value(shared, "select id from item");
            }
        });
    }

    private void aborts() {
        script.step("aborted with work in hand", () -> {
            Connection connection = database.openNoted();
            connection.setAutoCommit(false);
            Database.execute(connection, "insert into item values (9)");
            connection.abort(Runnable::run);
            connection.close();
            return connection.isClosed() + " " + connection.isValid(1);
        });
        script.step("aborted without an executor", () -> {
            try (Connection connection = database.openNoted()) {
                connection.abort(null);
                return "aborted";
            }
        });
        script.step("nothing of it is left", () -> database.query("select id from item order by id"));
    }
}

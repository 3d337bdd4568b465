package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Forgets a connection in the middle of a transaction and then needs the row it holds; keeps two connections only by
 * what came from them, and a third until the end.
 */
public final class ForgetfulApplication {

    private static final String URL = "jdbc:h2:mem:forgetful;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static Statement keptStatement;
    private static ResultSet keptRows;
    private static Connection keptConnection;

    private ForgetfulApplication() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("create table account (id int primary key, balance int)");
            statement.execute("insert into account values (1, 100), (2, 100), (3, 100)");
        }
        keepStatement();
        keepRows();
        keptConnection = open();
        forget();
        System.out.println("the row is free: " + allocateUntilRowIsFree());
        try (ResultSet rows = keptStatement.executeQuery("select balance from account where id = 2")) {
            rows.next();
            System.out.println("by the statement: " + rows.getInt(1));
        }
        keptRows.next();
        System.out.println("by the rows: " + keptRows.getInt(1));
        System.out.println("by the connection: " + keptConnection.isClosed());
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(URL, "sa", "");
    }

    /** The leak. */
    private static void forget() throws SQLException {
        int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
        Connection forgotten = DriverManager.getConnection(URL, "sa", "");
        forgotten.setAutoCommit(false);
        forgotten.createStatement().executeUpdate("update account set balance = 0 where id = 1");
        System.out.println("forgotten at ForgetfulApplication.java:" + line);
    }

    private static void keepStatement() throws SQLException {
        keptStatement = open().createStatement();
    }

    private static void keepRows() throws SQLException {
        Connection connection = open();
        Statement statement = connection.createStatement();
        keptRows = statement.executeQuery("select id from account order by id");
        keptRows.next();
    }

    /** A cache that lives for a while makes old garbage, as in any application. */
    private static boolean allocateUntilRowIsFree() throws SQLException {
        Deque<byte[]> cache = new ArrayDeque<>();
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE_NANOS) {
            for (int i = 0; i < 400; i++) {
                cache.add(new byte[20_000]);
                if (cache.size() > 400) {
                    cache.remove();
                }
            }
            try (Connection connection = open();
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("update account set balance = balance + 1 where id = 1");
                try (ResultSet rows = statement.executeQuery("select balance from account where id = 1")) {
                    rows.next();
                    System.out.println("its balance: " + rows.getInt(1));
                }
                return true;
            } catch (SQLException locked) {
                if (locked.getErrorCode() != 50200) {
                    throw locked;
                }
            }
        }
        return false;
    }
}

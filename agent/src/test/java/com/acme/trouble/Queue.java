package com.acme.trouble;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.FutureTask;

/** Holds a connection while another thread asks for one, and gives it back before a third does. */
public final class Queue {

    private static final String URL = "jdbc:h2:mem:queue;DB_CLOSE_DELAY=-1";

    private Queue() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection first = open()) {
            FutureTask<String> other = new FutureTask<>(Queue::askFor);
            new Thread(other, "other").start();
            System.out.println(other.get() + (first.isValid(1) ? "" : ", and the first is not valid"));
        }
        FutureTask<String> later = new FutureTask<>(Queue::askFor);
        new Thread(later, "later").start();
        System.out.println(later.get());
    }

    private static Connection open() throws SQLException {
        return DriverManager.getConnection(URL, "sa", "");
    }

    private static String askFor() {
        long start = System.nanoTime();
        try (Connection connection = open()) {
            return "valid: " + connection.isValid(1);
        } catch (SQLException failure) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            return (millis >= 300) + " " + failure.getClass().getName() + " " + failure.getSQLState() + " "
                    + failure.getMessage();
        }
    }
}
